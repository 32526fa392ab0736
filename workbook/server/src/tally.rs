use std::collections::BTreeMap;

use runner::{Chapter, Progress, Root};

use crate::feed::ChapterProgress;

/// Counts what has been done of every chapter. A chapter is read once, and again when it was checked.
pub struct Tally {
    /// By name, which is the book's order.
    chapters: BTreeMap<String, Work>,
}

/// What there is to do in a chapter.
struct Work {
    title: String,
    subject: String,
    minutes: u32,
    /// The checks that the shipped text fails.
    checks: Vec<String>,
}

impl Tally {
    /// Reads every chapter that can be read.
    pub fn new(root: &Root) -> anyhow::Result<Tally> {
        let names = root.names()?;
        let chapters = names
            .iter()
            .filter_map(|name| root.chapter(name).ok())
            .map(|chapter| (chapter.name.clone(), Work::of(&chapter)));
        Ok(Tally {
            chapters: chapters.collect(),
        })
    }

    /// Takes a chapter as it is now: it may have changed, or cannot be read any more.
    pub fn update(&mut self, name: &str, chapter: Option<&Chapter>) {
        match chapter {
            Some(chapter) => self.chapters.insert(name.to_owned(), Work::of(chapter)),
            None => self.chapters.remove(name),
        };
    }

    /// How much of each chapter's work is done.
    pub fn count(&self, progress: &Progress) -> Vec<ChapterProgress> {
        let chapters = self.chapters.iter().map(|(name, work)| {
            let done = progress.of(name);
            ChapterProgress {
                name: name.clone(),
                title: work.title.clone(),
                subject: work.subject.clone(),
                minutes: work.minutes,
                passed: done.count(work.checks.iter().map(String::as_str)),
                checks: work.checks.len(),
                solved: done.solved,
            }
        });
        chapters.collect()
    }
}

impl Work {
    fn of(chapter: &Chapter) -> Work {
        Work {
            title: chapter.heading(),
            subject: chapter.manifest.subject.clone(),
            minutes: chapter.manifest.minutes.exercise,
            checks: chapter.work().into_iter().map(str::to_owned).collect(),
        }
    }
}
