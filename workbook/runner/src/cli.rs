use anyhow::{Context, anyhow};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use crate::report::{COLOURED, one_line_in, text_in};
use crate::text::{read_text, without_marks};
use crate::{
    Chapter, Event, History, Limits, Outcome, Progress, ProgressLine, Root, Variant, Verdict,
    print_line, run_exercise, run_variant,
};

/// Checks the chapters that `filter` finds (all without one) and prints a line for each, then the first
/// one that does not pass in full. `with`, a file named from the chapter's folder or from the current one, takes the
/// place of the learner's `lib.rs`.
///
/// The exit code is 0 if all pass, 1 if one does not, 2 if the workbook's own input is wrong.
pub fn check_and_report(filter: Option<&str>, with: Option<&Path>) -> anyhow::Result<ExitCode> {
    crate::end_all_on_ctrl_c(ProgressLine::clear)?;
    let root = Root::find()?;
    let names = match with {
        Some(_) => vec![root.one(filter.unwrap_or_default())?],
        None => root.matching(filter)?,
    };
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let mut verdicts = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let place = match names.len() {
            1 => String::new(),
            of => format!(", {} of {of}", index + 1),
        };
        let verdict = check(&root, name, with, &format!("checking {name}{place}"))?;
        print_line(format_args!(
            "{name:width$}  {}",
            one_line_in(&verdict, &COLOURED)
        ))?;
        if with.is_none() {
            if let Err(error) = Progress::note(&root, &verdict) {
                crate::say_error(format_args!("{error:#}"));
            }
            if let Ok(chapter) = root.chapter(name) {
                History::note_file(&root, &chapter);
            }
        }
        verdicts.push(verdict);
    }
    if let Some(verdict) = verdicts.iter().find(|verdict| !verdict.passes())
        && !matches!(verdict.outcome, Outcome::Error { .. })
    {
        let short = verdict.chapter.split('-').next().unwrap_or_default();
        print_line(format_args!("\n{}", text_in(verdict, &COLOURED)))?;
        print_line(format_args!("Next: cargo workbook hint {short}"))?;
    }
    let is_error = |verdict: &Verdict| matches!(verdict.outcome, Outcome::Error { .. });
    Ok(match () {
        () if verdicts.iter().any(is_error) => ExitCode::from(2),
        () if verdicts.iter().all(Verdict::passes) => ExitCode::SUCCESS,
        () => ExitCode::from(1),
    })
}

/// The verdict on one chapter. How far it is stands after `what` in the terminal: the first build takes minutes.
fn check(root: &Root, name: &str, with: Option<&Path>, what: &str) -> anyhow::Result<Verdict> {
    let line = ProgressLine::new();
    let observer = |event| {
        if let Event::Phase { phase, before } = event {
            line.show(format_args!("{what}: {}", phase.text(before)));
        }
    };
    let chapter = match root.chapter(name) {
        Ok(chapter) => chapter,
        // The other chapters' verdicts are still of use.
        Err(error) => return Ok(Verdict::error(name, "", &error)),
    };
    let limits = Limits::default();
    let Some(with) = with else {
        return Ok(run_exercise(root, &chapter, limits, Some(&observer)));
    };
    let variant = other_text(root, chapter, with)?;
    Ok(run_variant(root, &variant, limits, Some(&observer)))
}

/// What is compiled in place of a chapter's `lib.rs` for `file`, named from the chapter's folder or from the
/// current one; with `diff`, its difference to the text that its sections are laid over, or to the shipped text if it is
/// whole. Without a file, an error that names those that there are.
pub fn show(chapter: &str, file: Option<&Path>, diff: bool) -> anyhow::Result<String> {
    let root = Root::find()?;
    let chapter = root.chapter(&root.one(chapter)?)?;
    let Some(file) = file else {
        let texts = texts_in(&chapter, &["", "wrong"]).join(", ");
        return Err(anyhow!("which text of {}: {texts}?", chapter.name));
    };
    let variant = other_text(&root, chapter, file)?;
    let text = variant.source(&root)?.text();
    if !diff {
        return Ok(text);
    }
    let base = variant.base(&root)?;
    let shown = |file: &Path| root.shown(file);
    let (from, to) = (without_marks(&base.text()), without_marks(&text));
    Ok(similar::TextDiff::from_lines(&from, &to)
        .unified_diff()
        .header(
            &base
                .origin(1)
                .map_or_else(String::new, |origin| shown(&origin.file)),
            &shown(&variant.text),
        )
        .to_string())
}

/// The chapter with the file `named` in place of its `lib.rs`: from the chapter's folder, or else from the current one.
fn other_text(root: &Root, chapter: Chapter, named: &Path) -> anyhow::Result<Variant> {
    let file = chapter.folder.join(named);
    let text = match file
        .canonicalize()
        .or_else(|error| named.canonicalize().map_err(|_| error))
    {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let (file, others) = (root.shown(&file), other_texts(&chapter, named));
            return Err(anyhow!(
                "there is no {file}: there are {}",
                others.join(", ")
            ));
        }
        Err(error) => return Err(error).context(root.shown(&file)),
    };
    read_text(&text).map_err(|error| anyhow!("{} {error}", root.shown(&text)))?;
    // Without the `..` of a path to a solution.
    let inside = root.path().canonicalize().ok();
    let text = match inside.and_then(|root| text.strip_prefix(root).map(Path::to_owned).ok()) {
        Some(relative) => root.path().join(relative),
        None => text,
    };
    Ok(Variant { chapter, text })
}

/// The files of a chapter that can take the place of its `lib.rs`, as they are named from its folder: those of the folder
/// that `named` is in, if it is there, or else the shipped text and the wrong fixes.
fn other_texts(chapter: &Chapter, named: &Path) -> Vec<String> {
    let beside = texts_in(chapter, &[named.parent().unwrap_or(Path::new(""))]);
    match beside.is_empty() {
        true => texts_in(chapter, &["", "wrong"]),
        false => beside,
    }
}

/// The Rust files in these folders of a chapter, as they are named from its own.
fn texts_in(chapter: &Chapter, folders: &[impl AsRef<Path>]) -> Vec<String> {
    let mut texts = Vec::new();
    for folder in folders.iter().map(AsRef::as_ref) {
        let entries = std::fs::read_dir(chapter.folder.join(folder));
        let files = entries.into_iter().flatten().flatten();
        let files = files.map(|entry| folder.join(entry.file_name()));
        let first = texts.len();
        texts.extend(
            files
                .filter(|file| file.extension() == Some(OsStr::new("rs")))
                .map(|file| file.display().to_string().replace('\\', "/")),
        );
        texts[first..].sort();
    }
    texts
}
