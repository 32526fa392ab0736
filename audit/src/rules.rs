//! What the rules are: `--list` and `--explain`.

use std::io::Write;

use audit_rules::{RULES, Rule};

use crate::arguments::Arguments;

/// A line for each rule.
pub fn list(out: &mut dyn Write) -> anyhow::Result<()> {
    let width = RULES
        .iter()
        .map(|rule| rule.id.len())
        .max()
        .unwrap_or_default();
    for rule in RULES {
        let confidence = rule.confidence.name();
        writeln!(out, "{:width$}  {confidence:9}  {}", rule.id, rule.finds)?;
    }
    Ok(())
}

/// All that is known of a rule.
pub fn explain(rule: &Rule, arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let Rule { id, finds, why, .. } = rule;
    writeln!(
        out,
        "{id} ({confidence})\n\n{finds}\n{why}\n\nMended in {link}\n\n\
         Where it is none:\n    // audit: allow({id}) why it is none\n\
         or for the whole package, in Cargo.toml:\n    [package.metadata.inference-audit]\n    \
         allow = [{{ id = \"{id}\", reason = \"why it is none\" }}]",
        confidence = rule.confidence.name(),
        link = arguments.link(rule),
    )?;
    Ok(())
}
