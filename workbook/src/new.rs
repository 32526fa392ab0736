use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use runner::{Root, heading, is_chapter_name};

/// A chapter in small: a check, a wrong fix, a page with its parts. In its paths and texts stand NAME (`ch08-name`),
/// SHORT (`ch08`), IDENT (`ch08_name`), TITLE and HEADING (`8 · Title`).
const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/template");

/// Makes a chapter that compiles and whose author changes it. Returns what to do next.
pub fn make(root: &Root, name: &str, title: &str) -> anyhow::Result<String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let (short, rest) = name.split_once('-').unwrap_or_default();
    ensure!(
        is_chapter_name(name) && short.len() == 4 && !rest.is_empty() && name.chars().all(is_plain),
        "`{name}` is no chapter's name: write two digits and small letters, as in `ch08-quantization`"
    );
    ensure!(
        !title.trim().is_empty() && !title.contains(['"', '\\', '[', ']', '\n']),
        "a title is a line without quotes, backslashes and brackets"
    );
    if let Some(other) = root.names()?.iter().find(|other| other.starts_with(short)) {
        anyhow::bail!("{other} has that number: take another one");
    }
    let filled = |text: &str| {
        text.replace("NAME", name)
            .replace("SHORT", short)
            .replace("IDENT", &name.replace('-', "_"))
            .replace("HEADING", &heading(name, title))
            .replace("TITLE", title)
    };
    let path = root.path().join("src/SUMMARY.md");
    let summary = fs::read_to_string(&path).context("src/SUMMARY.md")?;
    let files = filled_files(Path::new(TEMPLATE), root.path(), &filled)?;
    // Nothing is overwritten, and no half of a chapter left behind.
    for (target, _) in &files {
        let shown = root.shown(target);
        ensure!(
            !target.exists(),
            "{shown} is there already: delete it, or take another number than {short}"
        );
    }
    for (target, text) in files {
        fs::create_dir_all(target.with_file_name(""))
            .and_then(|()| fs::write(&target, text))
            .with_context(|| root.shown(&target))?;
    }

    let is_chapter = |line: &str| {
        line.split_once("](")
            .is_some_and(|(_, page)| is_chapter_name(page))
    };
    let mut lines: Vec<&str> = summary.lines().collect();
    let last = lines.iter().rposition(|line| is_chapter(line));
    let line = format!("- [{}]({name}.md)", heading(name, title));
    lines.insert(last.map_or(lines.len(), |last| last + 1), &line);
    fs::write(&path, lines.join("\n") + "\n").context("src/SUMMARY.md")?;
    Ok(format!(
        "exercises/{name}, solutions/{name} and src/{name}.md are there, and a line in src/SUMMARY.md.\n\
         README.md, \"Add a chapter\", says what to change.\n\
         Next: bash .ci/draw {short}"
    ))
}

/// The template's files, each with the path where it goes and the text that it has there.
fn filled_files(
    from: &Path,
    to: &Path,
    filled: &impl Fn(&str) -> String,
) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let target = to.join(filled(&name));
        if path.is_dir() {
            files.extend(filled_files(&path, &target, filled)?);
        } else {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            files.push((target, filled(&text)));
        }
    }
    Ok(files)
}
