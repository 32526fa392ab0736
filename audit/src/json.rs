//! Findings for programs.

use std::io::Write;

use audit_rules::Told;
use serde::Serialize;

use crate::arguments::Arguments;
use crate::audit::Audit;

/// A finding, as `--format json` writes it, one a line.
#[derive(Serialize)]
struct Line<'a> {
    /// From where the auditor was started, with slashes.
    path: &'a str,
    /// The book's page, with the address of the book if that was told.
    link: String,
    #[serde(flatten)]
    told: Told,
}

/// Writes what was found, in the order of files and lines.
pub fn write(audit: &Audit, arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    for found in &audit.found {
        let line = Line {
            path: &found.path,
            link: arguments.link(found.finding.rule),
            told: Told::of(&found.finding, &found.place),
        };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    Ok(())
}
