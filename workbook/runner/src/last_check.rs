//! What is kept of a chapter's last check, in a file for each chapter: losing it costs nothing.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::{Chapter, Root};

/// What the last check of the learner's file showed that is of use later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastCheck {
    /// What was checked, by [`sources`].
    pub sources: Option<u64>,
    /// Whether every check passed.
    pub passes: bool,
    /// The program of its checks, as long as it is there.
    pub executable: Option<PathBuf>,
    /// How long the last one took for which all dependencies were compiled already, in milliseconds.
    pub warm: Option<u64>,
    /// How long the last one took that had to compile most dependencies, in milliseconds.
    pub cold: Option<u64>,
    /// How many crates the chapter consists of, its dependencies included.
    pub crates: Option<usize>,
}

impl LastCheck {
    /// Of a chapter that was never checked, nothing.
    pub(crate) fn load(root: &Root, chapter: &str) -> LastCheck {
        let text = fs::read_to_string(file(root, chapter)).ok();
        let last = text.and_then(|text| serde_json::from_str(&text).ok());
        let mut last: LastCheck = last.unwrap_or_default();
        let is_there =
            |program: &PathBuf| program.starts_with(root.target_dir()) && program.exists();
        last.executable = last.executable.filter(is_there);
        last
    }

    /// Keeps it for the next check.
    pub(crate) fn keep(&self, root: &Root, chapter: &str) {
        let file = file(root, chapter);
        let _ = serde_json::to_vec(self).map(|text| {
            fs::create_dir_all(file.with_file_name("")).and_then(|()| fs::write(&file, text))
        });
    }
}

/// Whether the learner's file stands as it was when it passed all checks.
pub fn still_passes(root: &Root, chapter: &Chapter) -> bool {
    let last = LastCheck::load(root, &chapter.name);
    last.passes && last.sources == Some(sources(&chapter.folder))
}

/// Tells texts of a crate apart, all its files together.
pub(crate) fn sources(package: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files(package) {
        file.hash(&mut hasher);
        fs::read(file).ok().hash(&mut hasher);
    }
    hasher.finish()
}

/// Removes the program of another text if cargo would take it for this one's: cargo compares times, and where the clock went
/// back, or an older file was put in this one's place, the program is the newer one.
pub(crate) fn remove_program_of_another_text(last: &LastCheck, package: &Path, sources: u64) {
    let Some(program) = &last.executable else {
        return;
    };
    let saved = files(package)
        .iter()
        .filter_map(|file| modified(file))
        .max();
    if last.sources != Some(sources) && saved <= modified(program) {
        let _ = fs::remove_file(program);
    }
}

/// Of a crate, sorted.
fn files(package: &Path) -> Vec<PathBuf> {
    let mut files = vec![package.join("Cargo.toml")];
    let mut folders = vec![package.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => files.push(entry.path()),
            }
        }
    }
    files.sort();
    files
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}

fn file(root: &Root, chapter: &str) -> PathBuf {
    let folder = root.state_dir().join("last-check");
    folder.join(format!("{chapter}.json"))
}
