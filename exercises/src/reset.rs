use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::answer::replace;
use crate::hint::forget_hints;
use crate::{Chapter, Mistake, Root};

/// Brings the shipped text back. Returns where the learner's version is kept, or `None` if it was the
/// shipped text or missing.
pub fn reset(root: &Root, chapter: &Chapter) -> Result<Option<PathBuf>, Mistake> {
    let exercise = chapter.exercise();
    let mistake = |path: &Path, error: std::io::Error| {
        let (path, kept) = (root.shown(path), root.shown(&exercise));
        Mistake(format!("{path}: {error}; {kept} is as it was"))
    };
    let shipped = chapter.shipped();
    let text = fs::read(&shipped).map_err(|error| mistake(&shipped, error))?;
    let yours = match fs::read(&exercise) {
        Ok(yours) => Some(yours),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(mistake(&exercise, error)),
    };
    forget_hints(root, chapter);
    let kept = match yours {
        Some(yours) if yours == text => return Ok(None),
        Some(yours) => Some(keep(&exercise, &yours).map_err(|error| mistake(&exercise, error))?),
        None => None,
    };
    replace(&exercise, &text).map_err(|error| mistake(&exercise, error))?;
    Ok(kept)
}

/// Writes `yours` to the first free `lib.yours-N.rs`: an earlier copy is never overwritten.
fn keep(exercise: &Path, yours: &[u8]) -> std::io::Result<PathBuf> {
    for number in 1.. {
        let copy = exercise.with_file_name(format!("lib.yours-{number}.rs"));
        match File::create_new(&copy) {
            Ok(mut file) => {
                file.write_all(yours)?;
                file.sync_all()?;
                return Ok(copy);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    unreachable!("there is always a free number")
}
