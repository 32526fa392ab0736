use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use runner::{CheckResult, Phase, Verdict};
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
        /// How far it is.
        phase: Phase,
        /// How many milliseconds its last check took, if there was one.
        before: Option<u64>,
    },
    /// One check of a chapter has ended, while others still run.
    Check {
        /// `chNN-name`.
        chapter: String,
        /// As it will stand in the verdict.
        check: CheckResult,
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
        /// Whether it was asked for, by a save or in the page. The page knows that itself.
        #[serde(skip)]
        asked: bool,
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
    /// What it is about, in the words that people search for.
    pub subject: String,
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
    /// After its chapter: that its checks run comes before how one of them ended.
    Check(String, String),
    Progress,
    Class,
}

impl Update {
    /// None for what says only that something happened.
    fn topic(&self) -> Option<Topic> {
        match self {
            Update::Checking { chapter, .. } | Update::Verdict { chapter, .. } => {
                Some(Topic::Chapter(chapter.clone()))
            }
            Update::Check { chapter, check } => {
                Some(Topic::Check(chapter.clone(), check.name.clone()))
            }
            Update::Progress { .. } => Some(Topic::Progress),
            Update::Class(_) => Some(Topic::Class),
            Update::Edited { .. } | Update::Reload => None,
        }
    }

    /// The chapter whose single checks this makes old: it has them all, or says that none has run yet.
    fn outdates_checks_of(&self) -> Option<&str> {
        match self {
            Update::Checking {
                phase: Phase::Running { done: 1.., .. },
                ..
            } => None,
            Update::Checking { chapter, .. } | Update::Verdict { chapter, .. } => Some(chapter),
            _ => None,
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
        if let Some(chapter) = update.outdates_checks_of() {
            latest.retain(|topic, _| !matches!(topic, Topic::Check(of, _) if of == chapter));
        }
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
pub mod tests {
    use runner::{CheckState, Outcome};

    use super::*;

    pub fn checking(chapter: &str, phase: Phase) -> Update {
        Update::Checking {
            chapter: chapter.into(),
            phase,
            before: Some(590),
        }
    }

    fn running(done: usize) -> Phase {
        Phase::Running { done, of: 2 }
    }

    fn ended(check: &str) -> Update {
        let check = CheckResult {
            name: check.into(),
            sentence: check.into(),
            state: CheckState::Passed,
            message: String::new(),
            at: None,
            promises: Vec::new(),
            broken: None,
            trace: None,
        };
        let chapter = "ch01-first".into();
        Update::Check { chapter, check }
    }

    fn verdict() -> Update {
        let chapter = "ch01-first".to_owned();
        Update::Verdict {
            passes: true,
            line: "passes".into(),
            verdict: Verdict {
                chapter: chapter.clone(),
                title: String::new(),
                outcome: Outcome::Ran {
                    checks: Vec::new(),
                    warnings: Vec::new(),
                },
                problems: Vec::new(),
                milliseconds: 590,
            },
            asked: true,
            chapter,
        }
    }

    /// What a page that opens now is told at once.
    fn pending(feed: &Arc<Feed>) -> Vec<String> {
        let updates = feed.subscribe().pending;
        let updates = updates.iter().map(|update| match update {
            Update::Check { check, .. } => check.name.clone(),
            other => serde_json::to_value(other).unwrap()["kind"].to_string(),
        });
        updates.collect()
    }

    #[tokio::test]
    async fn a_page_that_falls_behind_misses_no_chapter() {
        let feed = Arc::new(Feed::default());
        let mut page = feed.subscribe();
        feed.publish(checking("ch01-first", Phase::Linking));
        for _ in 0..2 * BACKLOG {
            feed.publish(checking("ch02-second", Phase::Linking));
        }
        feed.publish(checking("ch03-third", Phase::Linking));
        for expected in ["ch01-first", "ch02-second", "ch03-third"] {
            match page.next().await {
                Some(Update::Checking { chapter, .. }) => assert_eq!(chapter, expected),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_page_that_opens_during_a_run_is_told_which_checks_have_ended() {
        let feed = Arc::new(Feed::default());
        feed.publish(checking("ch01-first", running(0)));
        feed.publish(ended("b"));
        feed.publish(checking("ch01-first", running(1)));
        feed.publish(ended("a"));
        assert_eq!(pending(&feed), ["\"checking\"", "a", "b"]);
    }

    #[test]
    fn a_check_of_an_earlier_run_is_not_told_again() {
        let feed = Arc::new(Feed::default());
        feed.publish(ended("a"));
        feed.publish(verdict());
        assert_eq!(pending(&feed), ["\"verdict\""]);
        feed.publish(ended("a"));
        feed.publish(checking("ch01-first", running(0)));
        assert_eq!(pending(&feed), ["\"checking\""]);
    }

    #[test]
    fn how_far_a_check_is_is_told_in_these_words() {
        let compiling = Phase::Compiling {
            last: Some("tokio".into()),
            done: 12,
            of: Some(40),
        };
        for (phase, expected) in [
            (
                compiling,
                r#"{"step":"compiling","crate":"tokio","done":12,"of":40}"#,
            ),
            (Phase::Linking, r#"{"step":"linking"}"#),
            (running(1), r#"{"step":"running","done":1,"of":2}"#),
        ] {
            let json = serde_json::to_string(&checking("ch01-first", phase)).unwrap();
            let head = r#"{"kind":"checking","chapter":"ch01-first","phase":"#;
            assert_eq!(json, format!("{head}{expected},\"before\":590}}"));
        }
    }
}
