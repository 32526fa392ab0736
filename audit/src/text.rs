//! Findings for people, as rustc tells errors.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use audit_rules::{Confidence, RULES, Rule};

use crate::arguments::Arguments;
use crate::audit::{Audit, Found};

/// Writes what was found: a part for each pitfall, in it each rule with its places, then a line that counts.
pub fn write(
    audit: &Audit,
    known: usize,
    arguments: &Arguments,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    for rule in RULES {
        let places: Vec<&Found> = audit
            .found
            .iter()
            .filter(|found| found.finding.rule.id == rule.id)
            .collect();
        if !places.is_empty() {
            writeln!(out, "{}\n", of_rule(rule, &places, &arguments.link(rule)))?;
        }
    }
    writeln!(out, "{}", counts(audit, known))?;
    Ok(())
}

fn of_rule(rule: &Rule, places: &[&Found], link: &str) -> String {
    let level = match rule.confidence {
        Confidence::Likely => Level::WARNING,
        Confidence::LookHere => Level::NOTE,
    };
    let snippets = places.iter().map(|found| {
        Snippet::source(found.place.lines.as_str())
            .line_start(found.place.line)
            .path(found.path.as_str())
            .annotation(
                AnnotationKind::Primary
                    .span(found.place.within.clone())
                    .label(found.finding.label.as_str()),
            )
    });
    let report = level
        .with_name(rule.confidence.name())
        .primary_title(rule.finds)
        .id(rule.id)
        .elements(snippets)
        .element(Level::NOTE.with_name("why").message(rule.why))
        .element(Level::HELP.with_name("book").message(link));
    Renderer::styled().render(&[report])
}

fn counts(audit: &Audit, known: usize) -> String {
    let known = match known {
        0 => String::new(),
        _ => format!(", {known} known"),
    };
    let count = |confidence| {
        audit
            .found
            .iter()
            .filter(|it| it.finding.rule.confidence == confidence)
            .count()
    };
    format!(
        "{} likely, {} to look at{known}, in {}",
        count(Confidence::Likely),
        count(Confidence::LookHere),
        counted(audit.files.len(), "file"),
    )
}

/// `1 file`, `2 files`.
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
