//! `cargo inference-audit`: finds pitfalls of AI inference in the code of a project. What it looks for stands in
//! `audit/rules`.

mod arguments;
mod audit;
mod baseline;
mod json;
mod krate;
mod problem;
mod rules;
mod sarif;
mod text;
mod walk;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

pub use arguments::{Arguments, Deny, Format};

use crate::krate::Crates;
use crate::problem::{Problems, shown};
use crate::text::counted;
use crate::walk::Choice;

/// Does what the arguments ask for, and gives the exit code.
///
/// # Errors
/// What keeps it from being done, in one line.
pub fn run(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if arguments.list {
        rules::list(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(rule) = arguments.explain {
        rules::explain(rule, arguments, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let choice = Choice {
        tests: arguments.tests,
        all: arguments.all,
    };
    let mut problems = Problems::default();
    let mut crates = Crates::default();
    let files = walk::files(&arguments.paths, choice, &mut problems);
    let beside = files_beside(&arguments.paths, choice, &mut crates);
    let mut audit = audit::audit(files, &beside, &mut crates, choice, &mut problems);
    if audit.files.is_empty() && !problems.is_misused() {
        problems.say("nothing is audited: no Rust file is here");
    }
    crates.complain(&audit.files, &mut problems);
    let mut known = 0;
    if let Some(file) = &arguments.write_baseline {
        baseline::write(file, &audit)?;
        let number = counted(audit.found.len(), "finding");
        problems.say(format_args!("{number} written into {}", shown(file)));
    } else {
        if let Some(file) = &arguments.baseline {
            known = baseline::leave_new(file, &mut audit, &mut problems)?;
        }
    }
    for line in problems.lines() {
        // Nobody may be there to read it.
        let _ = writeln!(err, "{line}");
    }
    match arguments.format {
        _ if arguments.write_baseline.is_some() => {}
        Format::Text => text::write(&audit, known, arguments, out)?,
        Format::Json => json::write(&audit, arguments, out)?,
        Format::Sarif => sarif::write(&audit, arguments, &problems, out)?,
    }
    out.flush()?;
    let is_denied = audit.found.iter().any(|found| {
        arguments
            .deny
            .iter()
            .any(|deny| deny.names(found.finding.rule))
    });
    Ok(if problems.is_misused() {
        ExitCode::from(2)
    } else {
        ExitCode::from(u8::from(is_denied))
    })
}

/// The other files of the crates of which single files are audited.
fn files_beside(paths: &[PathBuf], choice: Choice, crates: &mut Crates) -> Vec<PathBuf> {
    let single: Vec<PathBuf> = paths
        .iter()
        .filter(|path| path.is_file())
        .cloned()
        .collect();
    let folders = crates.folders(&single);
    // What is wrong with them is told where they are audited.
    walk::files(&folders, choice, &mut Problems::default())
}
