use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runner::Verdict;
use serde::Serialize;
use tokio::sync::broadcast::{self, error::RecvError};

/// What the page is told.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Update {
    /// A chapter is being compiled and checked.
    Checking {
        /// `chNN-name`.
        chapter: String,
    },
    /// A chapter's verdict.
    Verdict {
        /// `chNN-name`.
        chapter: String,
        /// Whether every check passes.
        passes: bool,
        /// The same few words as in the terminal.
        line: String,
        /// Every check and message.
        verdict: Verdict,
    },
    /// A learner's file was written, here or by an editor.
    Edited {
        /// `chNN-name`.
        chapter: String,
    },
    /// What has been done so far, of every chapter.
    Progress {
        /// In the book's order.
        chapters: Vec<ChapterProgress>,
    },
    /// The class that the learner has joined, and what it is sent.
    Class(ClassNews),
    /// The book has been built anew.
    Reload,
}

/// How it stands with the class board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClassNews {
    /// The board's `HOST:PORT`.
    pub host: String,
    /// All that the board is sent, as JSON: what it has, or will have when it answers.
    pub sent: String,
    /// Why the board has not taken the latest, if it has not.
    pub trouble: Option<String>,
}

/// What has been done of one chapter.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterProgress {
    /// `chNN-name`.
    pub name: String,
    /// As its page is called.
    pub title: String,
    /// How long the exercise takes most people, in minutes.
    pub minutes: u32,
    /// How many of the checks that the shipped text fails have passed once.
    pub passed: usize,
    /// How many checks the shipped text fails.
    pub checks: usize,
    /// Whether all of them have passed together once.
    pub solved: bool,
}

/// What an update replaces: a page that opens needs only the latest of each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Chapter(String),
    Progress,
    Class,
}

impl Update {
    /// None for what says only that something happened.
    fn topic(&self) -> Option<Topic> {
        match self {
            Update::Checking { chapter } | Update::Verdict { chapter, .. } => {
                Some(Topic::Chapter(chapter.clone()))
            }
            Update::Progress { .. } => Some(Topic::Progress),
            Update::Class(_) => Some(Topic::Class),
            Update::Edited { .. } | Update::Reload => None,
        }
    }
}

/// How many updates a page may fall behind before it gets the latest of each topic instead.
const BACKLOG: usize = 256;

/// The latest update of every topic, and the pages that wait for more.
pub struct Feed {
    latest: Mutex<BTreeMap<Topic, Update>>,
    subscribers: broadcast::Sender<Update>,
}

impl Default for Feed {
    fn default() -> Feed {
        Feed {
            latest: Mutex::default(),
            subscribers: broadcast::channel(BACKLOG).0,
        }
    }
}

impl Feed {
    /// Sends an update to every open page, and keeps it for those that open later.
    pub fn publish(&self, update: Update) {
        let mut latest = self.lock();
        if let Some(topic) = update.topic() {
            latest.insert(topic, update.clone());
        }
        // An error says that no page is open.
        let _ = self.subscribers.send(update);
    }

    /// The latest of every topic, and all that comes after it: nothing is missed in between.
    pub fn subscribe(self: &Arc<Feed>) -> Subscription {
        let latest = self.lock();
        Subscription {
            pending: latest.values().cloned().collect(),
            more: self.subscribers.subscribe(),
            feed: Arc::clone(self),
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Topic, Update>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page's place in the feed.
pub struct Subscription {
    pending: VecDeque<Update>,
    more: broadcast::Receiver<Update>,
    feed: Arc<Feed>,
}

impl Subscription {
    /// The next update; none when the server ends.
    pub async fn next(&mut self) -> Option<Update> {
        loop {
            if let Some(update) = self.pending.pop_front() {
                return Some(update);
            }
            match self.more.recv().await {
                Ok(update) => return Some(update),
                Err(RecvError::Lagged(_)) => *self = self.feed.subscribe(),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checking(chapter: &str) -> Update {
        Update::Checking {
            chapter: chapter.into(),
        }
    }

    #[tokio::test]
    async fn a_page_that_falls_behind_misses_no_chapter() {
        let feed = Arc::new(Feed::default());
        let mut page = feed.subscribe();
        feed.publish(checking("ch01-first"));
        for _ in 0..2 * BACKLOG {
            feed.publish(checking("ch02-second"));
        }
        feed.publish(checking("ch03-third"));
        for expected in ["ch01-first", "ch02-second", "ch03-third"] {
            match page.next().await {
                Some(Update::Checking { chapter }) => assert_eq!(chapter, expected),
                other => panic!("{other:?}"),
            }
        }
    }
}
