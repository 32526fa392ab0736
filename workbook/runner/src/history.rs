//! The texts that a learner's file held: whoever saves, resets or follows another editor by mistake finds his own again.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Context, anyhow};
use similar::{ChangeTag, TextDiff};

use crate::exercise::{Saved, is_as_shipped, read_answer, save_answer};
use crate::saving::replace;
use crate::text::LARGEST_TEXT;
use crate::{Chapter, Root};

/// So many different texts of each exercise are kept.
const TEXTS: usize = 20;

/// All that is kept of one exercise, in bytes: of large texts there are fewer.
const SPACE: u64 = 2 * 1024 * 1024;

/// The last texts of one exercise, in `.workbook/history/chNN-name/`, a file for each. Its name is its number: later ones are higher.
pub struct History {
    folder: PathBuf,
}

/// One text of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// By which it is asked for. It stays the same.
    pub number: u32,
    /// When the file was seen to hold it.
    pub seen: SystemTime,
    /// The text itself.
    pub text: String,
}

impl Earlier {
    /// None where the file is of a save that was killed before it was written.
    fn read((number, file): &(u32, PathBuf)) -> Option<Earlier> {
        let text = fs::read_to_string(file).ok();
        Some(Earlier {
            number: *number,
            seen: fs::metadata(file).ok()?.modified().ok()?,
            text: text.filter(|text| !text.is_empty())?,
        })
    }

    /// How many lines this text has that `now` has not, and the other way round.
    pub fn against(&self, now: &str) -> (usize, usize) {
        let difference = TextDiff::from_lines(now, &self.text);
        let count = |tag| {
            let changes = difference.iter_all_changes();
            changes.filter(|change| change.tag() == tag).count()
        };
        (count(ChangeTag::Insert), count(ChangeTag::Delete))
    }
}

impl History {
    /// The history of a chapter's exercise.
    pub fn of(root: &Root, chapter: &Chapter) -> History {
        let folder = root.state_dir().join("history");
        History {
            folder: folder.join(&chapter.name),
        }
    }

    /// Keeps the text that the learner's file holds now, unless it is the shipped one.
    pub fn note_file(root: &Root, chapter: &Chapter) {
        if !is_as_shipped(&chapter.folder)
            && let Ok(text) = read_answer(root, chapter)
        {
            History::of(root, chapter).note(text.as_bytes());
        }
    }

    /// Keeps a text as the last one. That a history cannot be written must not keep anybody from saving.
    pub fn note(&self, text: &[u8]) {
        let kept = self.files();
        let is_it = |file: &PathBuf| fs::read(file).is_ok_and(|kept| kept == text);
        if text.is_empty()
            || text.len() > LARGEST_TEXT
            || kept.last().is_some_and(|(_, file)| is_it(file))
        {
            return;
        }
        let next = kept.last().map_or(1, |(number, _)| number + 1);
        if self.write(next, text).is_err() {
            return;
        }
        // The same text of before, then whatever is too old or too much.
        for (_, file) in kept.iter().filter(|(_, file)| is_it(file)) {
            let _ = fs::remove_file(file);
        }
        let mut space = 0;
        for (place, (_, file)) in self.files().iter().rev().enumerate() {
            space += fs::metadata(file).map_or(0, |data| data.len());
            if place >= TEXTS || space > SPACE {
                let _ = fs::remove_file(file);
            }
        }
    }

    /// All texts, the last one first.
    pub fn texts(&self) -> Vec<Earlier> {
        let files = self.files().into_iter().rev();
        files.filter_map(|file| Earlier::read(&file)).collect()
    }

    /// The text with this number.
    pub fn text(&self, number: u32) -> anyhow::Result<String> {
        let files = self.files();
        let file = files.iter().find(|(other, _)| *other == number);
        let text = file.and_then(Earlier::read).with_context(|| {
            let numbers = files.iter().map(|(number, _)| number.to_string());
            let numbers: Vec<String> = numbers.collect();
            match &*numbers {
                [] => "no text is kept".to_owned(),
                _ => format!(
                    "no text is kept as {number}: there are {}",
                    numbers.join(", ")
                ),
            }
        })?;
        Ok(text.text)
    }

    /// Numbers and files, the oldest first.
    fn files(&self) -> Vec<(u32, PathBuf)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let path = entry.path();
                let number = path.file_stem()?.to_str()?.parse().ok()?;
                Some((number, path))
            })
            .collect();
        files.sort();
        files
    }

    /// Writes a file that was not there, as a whole or not at all.
    fn write(&self, number: u32, text: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(format!("{number:04}.rs"));
        // Of two who write at once one gets the number.
        File::create_new(&path)?;
        replace(&path, text).inspect_err(|_| {
            let _ = fs::remove_file(&path);
        })
    }
}

/// The history of a chapter in lines, for the terminal.
pub fn history(root: &Root, chapter: &Chapter) -> anyhow::Result<Vec<String>> {
    let texts = History::of(root, chapter).texts();
    let exercise = root.shown(&chapter.exercise());
    if texts.is_empty() {
        return Ok(vec![format!(
            "{exercise} was never seen with a text of yours"
        )]);
    }
    let now = read_answer(root, chapter).unwrap_or_default();
    let mut lines = vec![format!("Texts of {exercise}, the last one first:")];
    lines.extend(texts.iter().map(|earlier| {
        let difference = match earlier.against(&now) {
            (0, 0) => "as it is now".to_owned(),
            (more, less) => format!("{more} lines that are not in it now, {less} fewer"),
        };
        let lines = earlier.text.lines().count();
        let Earlier { number, seen, .. } = earlier;
        format!(
            "{number:5}  {:>16}  {lines:4} lines  {difference}",
            ago(*seen)
        )
    }));
    let short = chapter.short();
    lines.push(format!(
        "`cargo workbook history {short} --restore {}` brings one back.",
        texts[0].number
    ));
    Ok(lines)
}

/// Puts an earlier text into the learner's file, and says where the one that stood there is.
pub fn restore(root: &Root, chapter: &Chapter, number: u32) -> anyhow::Result<String> {
    let history = History::of(root, chapter);
    let text = history.text(number)?;
    let now = read_answer(root, chapter)?;
    let exercise = root.shown(&chapter.exercise());
    if let Saved::ChangedElsewhere(_) = save_answer(root, chapter, &now, &text)? {
        return Err(anyhow!(
            "{exercise} was changed this very moment: it stays as it is"
        ));
    }
    Ok(format!(
        "{exercise} is text {number} again; what it was is in `cargo workbook history {}`",
        chapter.short()
    ))
}

/// How long ago, in the largest unit that says enough.
fn ago(time: SystemTime) -> String {
    let seconds = time.elapsed().unwrap_or_default().as_secs();
    let (count, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}
