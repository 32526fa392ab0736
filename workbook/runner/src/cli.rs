use anyhow::Context;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::{
    Chapter, Limits, Outcome, Progress, Root, Variant, Verdict, one_line, run_exercise,
    run_variant, text,
};

/// Checks the chapters that `filter` finds (all without one) and prints a line for each, then the first
/// one that does not pass in full. `with`, a file named from the chapter's folder, takes the place of
/// the learner's `lib.rs`.
///
/// The exit code is 0 if all pass, 1 if one does not, 2 if the workbook's own input is wrong.
pub fn check_and_report(filter: Option<&str>, with: Option<&Path>) -> anyhow::Result<ExitCode> {
    crate::end_all_on_ctrl_c()?;
    let root = Root::find()?;
    let names = match with {
        Some(_) => vec![root.one(filter.unwrap_or_default())?],
        None => root.matching(filter)?,
    };
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let mut verdicts = Vec::new();
    for name in &names {
        announce(name);
        let verdict = check(&root, name, with);
        announced();
        let verdict = verdict?;
        println!("{name:width$}  {}", one_line(&verdict));
        if with.is_none()
            && let Err(error) = Progress::note(&root, &verdict)
        {
            eprintln!("{error:#}");
        }
        verdicts.push(verdict);
    }
    if let Some(verdict) = verdicts.iter().find(|verdict| !verdict.passes())
        && !matches!(verdict.outcome, Outcome::Error { .. })
    {
        let short = verdict.chapter.split('-').next().unwrap_or_default();
        println!("\n{}", text(verdict));
        println!("Next: cargo workbook hint {short}");
    }
    let is_error = |verdict: &Verdict| matches!(verdict.outcome, Outcome::Error { .. });
    Ok(match () {
        () if verdicts.iter().any(is_error) => ExitCode::from(2),
        () if verdicts.iter().all(Verdict::passes) => ExitCode::SUCCESS,
        () => ExitCode::from(1),
    })
}

fn check(root: &Root, name: &str, with: Option<&Path>) -> anyhow::Result<Verdict> {
    let chapter = match root.chapter(name) {
        Ok(chapter) => chapter,
        // The other chapters' verdicts are still of use.
        Err(error) => return Ok(Verdict::error(name, "", &error)),
    };
    let Some(with) = with else {
        return Ok(run_exercise(root, &chapter, Limits::default(), None));
    };
    let variant = other_text(root, chapter, with)?;
    Ok(run_variant(root, &variant, Limits::default(), None))
}

/// What is compiled in place of a chapter's `lib.rs` for `file`, named from the chapter's folder; with `diff`, its
/// difference to the text that its sections are laid over, or to the shipped text if it is whole.
pub fn show(chapter: &str, file: &Path, diff: bool) -> anyhow::Result<String> {
    let root = Root::find()?;
    let chapter = root.chapter(&root.one(chapter)?)?;
    let variant = other_text(&root, chapter, file)?;
    let text = variant.source(&root)?.text();
    if !diff {
        return Ok(text);
    }
    let base = variant.base(&root)?;
    let shown = |file: &Path| root.shown(file);
    Ok(similar::TextDiff::from_lines(&base.text(), &text)
        .unified_diff()
        .header(
            &base
                .origin(1)
                .map_or_else(String::new, |origin| shown(&origin.file)),
            &shown(&variant.text),
        )
        .to_string())
}

/// The chapter with the file `named` from the chapter's folder in place of its `lib.rs`.
fn other_text(root: &Root, chapter: Chapter, named: &Path) -> anyhow::Result<Variant> {
    let file = chapter.folder.join(named);
    let text = file.canonicalize().with_context(|| root.shown(&file))?;
    // Without the `..` of a path to a solution.
    let inside = root.path().canonicalize().ok();
    let text = match inside.and_then(|root| text.strip_prefix(root).map(Path::to_owned).ok()) {
        Some(relative) => root.path().join(relative),
        None => text,
    };
    Ok(Variant { chapter, text })
}

/// Says what is being done where somebody waits for it: the first build of a chapter takes seconds.
fn announce(name: &str) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "checking {name} ...");
        let _ = stderr.flush();
    }
}

/// Clears the announcement's line.
fn announced() {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[K");
        let _ = stderr.flush();
    }
}
