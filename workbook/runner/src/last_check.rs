//! What is kept of a chapter's last check, in a file for each chapter: losing it costs nothing.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::{Chapter, Root};

/// What the last check of the learner's file showed that is of use later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LastCheck {
    /// When it began, in milliseconds since 1970.
    pub began: u64,
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
    let saved = fs::metadata(chapter.exercise()).and_then(|data| data.modified());
    last.passes && saved.is_ok_and(|saved| since_1970(saved) <= last.began)
}

/// In milliseconds.
pub(crate) fn since_1970(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn file(root: &Root, chapter: &str) -> PathBuf {
    let folder = root.state_dir().join("last-check");
    folder.join(format!("{chapter}.json"))
}
