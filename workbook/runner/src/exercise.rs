use anyhow::anyhow;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::{Chapter, Root};

/// What became of a text that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is in the learner's file.
    Written,
    /// The file holds this other text, which the writer had not seen. It stays.
    ChangedElsewhere(String),
}

/// The text of the learner's file.
pub fn read_answer(root: &Root, chapter: &Chapter) -> anyhow::Result<String> {
    let file = own_file(root, chapter)?;
    fs::read_to_string(&file).map_err(|error| file_error(root, chapter, &file, &error))
}

/// Writes `text` into the learner's file if it holds `was`, the text that the writer changed.
pub fn save_answer(root: &Root, chapter: &Chapter, was: &str, text: &str) -> anyhow::Result<Saved> {
    let file = own_file(root, chapter)?;
    let now = read_answer(root, chapter)?;
    if now != was {
        return Ok(Saved::ChangedElsewhere(now));
    }
    replace(&file, text.as_bytes()).map_err(|error| file_error(root, chapter, &file, &error))?;
    Ok(Saved::Written)
}

/// Writes beside `file` and renames: an interrupted save leaves one text or the other, never half of one.
pub(crate) fn replace(file: &Path, text: &[u8]) -> std::io::Result<()> {
    let new = file.with_file_name("lib.new.rs");
    fs::write(&new, text).and_then(|()| fs::rename(&new, file))
}

/// The learner's file, if it really stands in the workbook: a link could lead anywhere.
fn own_file(root: &Root, chapter: &Chapter) -> anyhow::Result<PathBuf> {
    let file = chapter.exercise();
    let real = fs::canonicalize(&file).map_err(|error| file_error(root, chapter, &file, &error))?;
    let expected = fs::canonicalize(root.path()).map(|root| {
        root.join("exercises")
            .join(&chapter.name)
            .join("src/lib.rs")
    });
    match expected {
        Ok(expected) if expected == real => Ok(file),
        _ => Err(anyhow!(
            "{} is a link that leads elsewhere: edit it in your own editor",
            root.shown(&file)
        )),
    }
}

fn file_error(
    root: &Root,
    chapter: &Chapter,
    file: &Path,
    error: &std::io::Error,
) -> anyhow::Error {
    let shown = root.shown(file);
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::InvalidData => anyhow!(
            "{shown}: {error}; `cargo workbook reset {}` brings the shipped text back",
            chapter.short()
        ),
        _ => anyhow!("{shown}: {error}"),
    }
}
