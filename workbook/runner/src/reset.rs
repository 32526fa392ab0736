use anyhow::anyhow;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::exercise::is_as_shipped;
use crate::hint::forget_hints;
use crate::saving::replace;
use crate::{Chapter, History, Root};

/// What a reset did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reset {
    /// Nothing: the shipped text stood there.
    Nothing,
    /// There was no text.
    BroughtBack,
    /// It kept the learner's text in this file.
    Kept(PathBuf),
}

/// Brings the shipped text back, and says so with the place where the learner's is kept.
pub fn reset_and_tell(root: &Root, chapter: &Chapter) -> anyhow::Result<String> {
    let exercise = root.shown(&chapter.exercise());
    Ok(match reset(root, chapter)? {
        Reset::Kept(kept) => format!("{exercise} is as shipped; yours is {}", root.shown(&kept)),
        Reset::BroughtBack => format!("{exercise} was missing and is as shipped"),
        Reset::Nothing => format!("{exercise} was as shipped already: nothing was changed"),
    })
}

/// Brings the shipped text back.
pub fn reset(root: &Root, chapter: &Chapter) -> anyhow::Result<Reset> {
    let exercise = chapter.exercise();
    let failed = |path: &Path, error: std::io::Error| {
        let (path, kept) = (root.shown(path), root.shown(&exercise));
        anyhow!("{path}: {error}; {kept} is as it was")
    };
    let shipped = chapter.shipped();
    let text = fs::read(&shipped).map_err(|error| failed(&shipped, error))?;
    let is_a_file = match fs::symlink_metadata(&exercise) {
        Ok(data) => Some(data.is_file()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(&exercise, error)),
    };
    let yours = match is_a_file {
        Some(true) => Some(fs::read(&exercise).map_err(|error| failed(&exercise, error))?),
        _ => None,
    };
    forget_hints(root, chapter);
    let done = match yours {
        // A folder, a link or a pipe in its place.
        None if is_a_file.is_some() => {
            Reset::Kept(put_aside(&exercise).map_err(|error| failed(&exercise, error))?)
        }
        Some(_) if is_as_shipped(&chapter.folder) => return Ok(Reset::Nothing),
        Some(yours) => {
            History::of(root, chapter).note(&yours);
            Reset::Kept(keep(&exercise, &yours).map_err(|error| failed(&exercise, error))?)
        }
        None => Reset::BroughtBack,
    };
    replace(&exercise, &text).map_err(|error| failed(&exercise, error))?;
    Ok(done)
}

/// `lib.yours-1.rs`, `lib.yours-2.rs` and so on, beside the exercise.
fn names_for_yours(exercise: &Path) -> impl Iterator<Item = PathBuf> {
    (1..).map(|number| exercise.with_file_name(format!("lib.yours-{number}.rs")))
}

/// Renames what stands in the file's place, to the first free `lib.yours-N.rs`.
fn put_aside(exercise: &Path) -> std::io::Result<PathBuf> {
    let is_free = |aside: &PathBuf| fs::symlink_metadata(aside).is_err();
    let aside = names_for_yours(exercise).find(is_free);
    let aside = aside.expect("there is always a free number");
    fs::rename(exercise, &aside).map(|()| aside)
}

/// Writes `yours` to the first free `lib.yours-N.rs`: an earlier copy is never overwritten.
fn keep(exercise: &Path, yours: &[u8]) -> std::io::Result<PathBuf> {
    for copy in names_for_yours(exercise) {
        match File::create_new(&copy) {
            Ok(mut file) => {
                let kept = file.write_all(yours).and_then(|()| file.sync_all());
                if kept.is_err() {
                    let _ = fs::remove_file(&copy);
                }
                return kept.map(|()| copy);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    unreachable!("there is always a free number")
}
