use anyhow::anyhow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::exercise::is_as_shipped;
use crate::saving::replace;
use crate::{Root, Verdict};

/// What a learner has done, once for all: a check that has passed stays done when the file is reset, the
/// workbook started anew, or a later version of it put in this one's place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress {
    chapters: BTreeMap<String, Done>,
}

/// What was done of one chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Names of checks that have passed in the learner's file. A later version may have others.
    pub passed: BTreeSet<String>,
    /// Whether all of its checks have passed together.
    pub solved: bool,
}

impl Done {
    /// How many of `checks` have passed.
    pub fn count<'a>(&self, checks: impl IntoIterator<Item = &'a str>) -> usize {
        let checks = checks.into_iter();
        checks.filter(|check| self.passed.contains(*check)).count()
    }
}

impl Progress {
    /// What is kept in the workbook's folder; nothing there is no progress.
    pub fn load(root: &Root) -> anyhow::Result<Progress> {
        let file = file(root);
        let Ok(text) = fs::read_to_string(&file) else {
            return Ok(Progress::default());
        };
        serde_json::from_str(&text).map_err(|error| {
            anyhow!(
                "{}: {error}; mend it or delete it to start over",
                root.shown(&file)
            )
        })
    }

    /// What was done of the chapter `chNN-name`.
    pub fn of(&self, chapter: &str) -> Done {
        self.chapters.get(chapter).cloned().unwrap_or_default()
    }

    /// Adds what a verdict on the learner's file shows, and keeps it.
    pub fn note(root: &Root, verdict: &Verdict) -> anyhow::Result<Progress> {
        let _one_at_a_time = lock(root);
        let before = Progress::load(root)?;
        let mut progress = before.clone();
        let done = progress
            .chapters
            .entry(verdict.chapter.clone())
            .or_default();
        let passed = verdict
            .checks()
            .into_iter()
            .flatten()
            .filter(|check| check.passed());
        done.passed.extend(passed.map(|check| check.name.clone()));
        done.solved |= verdict.passes();
        if progress != before {
            let file = file(root);
            let kept = || {
                fs::create_dir_all(file.with_file_name(""))?;
                replace(&file, &serde_json::to_vec_pretty(&progress)?)
            };
            kept()
                .map_err(|error| anyhow!("{}: {error}; progress is not kept", root.shown(&file)))?;
        }
        Ok(progress)
    }
}

/// The lines of a list, and what is wrong with the chapters that are not in it.
pub struct Listed {
    /// Every chapter that can be read with how far it is, and its subject below. Where checks are counted, the last line says
    /// which: a verdict counts all of them.
    pub lines: Vec<String>,
    /// One for each chapter that cannot be read.
    pub broken: Vec<anyhow::Error>,
}

/// Lists the chapters. One that is broken hides no other.
pub fn list(root: &Root) -> anyhow::Result<Listed> {
    let progress = Progress::load(root)?;
    let names = root.names()?;
    let width = names.iter().map(String::len).max().unwrap_or_default();
    let (mut lines, mut broken) = (Vec::new(), Vec::new());
    let mut counts = false;
    for name in names {
        let chapter = match root.chapter(&name) {
            Ok(chapter) => chapter,
            Err(error) => {
                broken.push(error);
                continue;
            }
        };
        let (work, done) = (chapter.work(), progress.of(&name));
        let how_far = match done.count(work.iter().copied()) {
            _ if done.solved && is_as_shipped(&chapter.folder) => {
                "  solved before, now as shipped".into()
            }
            _ if done.solved => "  ✓".into(),
            0 => String::new(),
            passed => {
                counts = true;
                format!("  {passed} of {}", work.len())
            }
        };
        lines.push(format!("{name:width$}  {}{how_far}", chapter.heading()));
        lines.push(format!("{:width$}  {}", "", chapter.manifest.subject));
    }
    if counts {
        lines.push(
            "Counted are the checks that the shipped code fails; a verdict counts all.".into(),
        );
    }
    Ok(Listed { lines, broken })
}

/// In the workbook's own folder, for `target` is swept by `cargo clean`.
fn file(root: &Root) -> PathBuf {
    root.state_dir().join("progress.json")
}

/// Held while it is read and written: the page and a terminal may check at once, in two processes. Where there are no locks,
/// the last one wins.
fn lock(root: &Root) -> Option<File> {
    let file = file(root).with_extension("lock");
    fs::create_dir_all(file.with_file_name("")).ok()?;
    let lock = File::create(file).ok()?;
    lock.lock().ok()?;
    Some(lock)
}
