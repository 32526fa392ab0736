use anyhow::anyhow;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::saving::replace;
use crate::text::{LARGEST_TEXT, read_text, with_one_line_end};
use crate::{Chapter, History, Root};

/// What became of a text that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is in the learner's file.
    Written,
    /// The file holds this other text, which the writer had not seen. It stays.
    ChangedElsewhere(String),
}

/// The text of the learner's file, with `\n` at each line's end.
pub fn read_answer(root: &Root, chapter: &Chapter) -> anyhow::Result<String> {
    let file = own_file(root, chapter)?;
    let text = read_text(&file).map_err(|error| file_error(root, chapter, &file, &error))?;
    Ok(with_one_line_end(&text))
}

/// Held while a text is compared and replaced: of two who save at once, the second one sees what the first one wrote.
static SAVING: Mutex<()> = Mutex::new(());

/// Writes `text` into the learner's file if it holds `was`, the text that the writer changed. The file keeps its line ends:
/// those of its first line.
pub fn save_answer(root: &Root, chapter: &Chapter, was: &str, text: &str) -> anyhow::Result<Saved> {
    let _one_at_a_time = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
    let file = own_file(root, chapter)?;
    let now = read_text(&file).map_err(|error| file_error(root, chapter, &file, &error))?;
    let ends_with_return = now.lines().next() != now.split('\n').next();
    let now = with_one_line_end(&now);
    if now != with_one_line_end(was) {
        return Ok(Saved::ChangedElsewhere(now));
    }
    let mut text = with_one_line_end(text);
    if ends_with_return {
        text = text.replace('\n', "\r\n");
    }
    if text.len() > LARGEST_TEXT {
        return Err(anyhow!(
            "{} stays as it is: the new text has {} bytes, and {LARGEST_TEXT} are read at the most",
            root.shown(&file),
            text.len()
        ));
    }
    History::note_file(root, chapter);
    replace(&file, text.as_bytes()).map_err(|error| file_error(root, chapter, &file, &error))?;
    History::note_file(root, chapter);
    Ok(Saved::Written)
}

/// Whether a chapter's text, in its folder `exercises/chNN-name`, is the shipped one. Line ends do not count: version
/// control may change them.
pub fn is_as_shipped(folder: &Path) -> bool {
    let text = |file: &str| {
        let text = read_text(&folder.join(file));
        text.map(|text| with_one_line_end(&text)).ok()
    };
    text("src/lib.rs") == text("shipped.rs")
}

/// The learner's file, if it really stands in the workbook: a link could lead anywhere. Names are not compared: some file
/// systems tell no capital letters apart.
fn own_file(root: &Root, chapter: &Chapter) -> anyhow::Result<PathBuf> {
    let file = chapter.exercise();
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
    let mut inside = file.ancestors().take_while(|path| *path != root.path());
    if inside.any(is_link) {
        return Err(anyhow!(
            "{} is a link that leads elsewhere: edit it in your own editor",
            root.shown(&file)
        ));
    }
    Ok(file)
}

fn file_error(
    root: &Root,
    chapter: &Chapter,
    file: &Path,
    error: &std::io::Error,
) -> anyhow::Error {
    let shown = root.shown(file);
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::StorageFull => anyhow!("{shown}: {error}"),
        _ => anyhow!(
            "{shown}: {error}; `cargo workbook reset {}` brings the shipped text back",
            chapter.short()
        ),
    }
}
