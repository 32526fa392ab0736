use anyhow::anyhow;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::exercise::{is_as_shipped, replace};
use crate::hint::forget_hints;
use crate::{Chapter, Root};

/// Brings the shipped text back, and says so with the place where the learner's is kept.
pub fn reset_and_tell(root: &Root, chapter: &Chapter) -> anyhow::Result<String> {
    let exercise = root.shown(&chapter.exercise());
    Ok(match reset(root, chapter)? {
        Some(kept) => format!("{exercise} is as shipped; yours is {}", root.shown(&kept)),
        None => format!("{exercise} is as shipped"),
    })
}

/// Brings the shipped text back. Returns where the learner's version is kept, or `None` if it was the
/// shipped text or missing.
pub fn reset(root: &Root, chapter: &Chapter) -> anyhow::Result<Option<PathBuf>> {
    let exercise = chapter.exercise();
    let failed = |path: &Path, error: std::io::Error| {
        let (path, kept) = (root.shown(path), root.shown(&exercise));
        anyhow!("{path}: {error}; {kept} is as it was")
    };
    let shipped = chapter.shipped();
    let text = fs::read(&shipped).map_err(|error| failed(&shipped, error))?;
    let yours = match fs::read(&exercise) {
        Ok(yours) => Some(yours),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(&exercise, error)),
    };
    forget_hints(root, chapter);
    let kept = match yours {
        Some(_) if is_as_shipped(&chapter.folder) => return Ok(None),
        Some(yours) => Some(keep(&exercise, &yours).map_err(|error| failed(&exercise, error))?),
        None => None,
    };
    replace(&exercise, &text).map_err(|error| failed(&exercise, error))?;
    Ok(kept)
}

/// Writes `yours` to the first free `lib.yours-N.rs`: an earlier copy is never overwritten.
fn keep(exercise: &Path, yours: &[u8]) -> std::io::Result<PathBuf> {
    for number in 1.. {
        let copy = exercise.with_file_name(format!("lib.yours-{number}.rs"));
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
