//! What an audit finds in a chapter's texts.

use std::collections::BTreeSet;

use audit_rules::{Aliases, Finding, Options, Source, audit};
use runner::{Audit, Root, Variant};

/// Holds what an audit finds in a text with a bug to what `chapter.toml` says of it: exactly these rules, or a reason why
/// there are none.
pub fn finds(root: &Root, variant: &Variant, claim: &Audit, name: &str) -> Result<(), String> {
    let found: BTreeSet<&str> = in_text(root, variant)?
        .iter()
        .map(|finding| finding.rule.id)
        .collect();
    match claim {
        Audit::Nothing(_) if found.is_empty() => Ok(()),
        Audit::Finds(ids)
            if !found.is_empty() && found == ids.iter().map(String::as_str).collect() =>
        {
            Ok(())
        }
        _ if found.is_empty() => Err(format!(
            "{name}: no rule of the audit finds it: write in chapter.toml why no syntax shows it, as `audit = \"..\"`"
        )),
        _ => Err(format!(
            "{name}: write in chapter.toml what the audit finds, `audit = {found:?}`"
        )),
    }
}

/// An audit of a right text is silent.
pub fn finds_nothing(root: &Root, variant: &Variant) -> Result<(), String> {
    let found = in_text(root, variant)?;
    let Some(first) = found.first() else {
        return Ok(());
    };
    Err(format!(
        "{}: {} finds `{}`: mend the rule, or the solution",
        root.shown(&variant.text),
        first.rule.id,
        first.label
    ))
}

fn in_text(root: &Root, variant: &Variant) -> Result<Vec<Finding>, String> {
    let text = variant
        .source(root)
        .map_err(|error| format!("{error:#}"))?
        .text();
    let aliases = Aliases::of([text.as_str()]);
    let source =
        Source::read(text, &aliases, Options::default()).map_err(|error| error.to_string())?;
    Ok(audit(&source))
}
