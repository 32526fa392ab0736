use std::collections::BTreeMap;
use std::sync::Mutex;

use exercises::Verdict;
use serde::Serialize;
use tokio::sync::broadcast;

/// What the page is told.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum News {
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
    /// How many of its checks have passed once.
    pub passed: usize,
    /// How many checks it has.
    pub checks: usize,
    /// Whether all of them have passed together once.
    pub solved: bool,
}

/// The latest news of every chapter, and whoever listens for more.
pub struct Feed {
    latest: Mutex<BTreeMap<String, News>>,
    listeners: broadcast::Sender<News>,
}

impl Default for Feed {
    fn default() -> Feed {
        // A page that falls this far behind is told everything anew when it reconnects.
        Feed {
            latest: Mutex::default(),
            listeners: broadcast::channel(256).0,
        }
    }
}

impl Feed {
    /// Tells every open page, and those that open later.
    pub fn tell(&self, news: News) {
        let mut latest = self.lock();
        match &news {
            News::Checking { chapter } | News::Verdict { chapter, .. } => {
                latest.insert(chapter.clone(), news.clone());
            }
            News::Progress { .. } => {
                latest.insert(String::new(), news.clone());
            }
            News::Class(_) => {
                latest.insert("class".into(), news.clone());
            }
            News::Edited { .. } | News::Reload => {}
        }
        // An error says that no page is open.
        let _ = self.listeners.send(news);
    }

    /// The latest of every chapter, and all that comes after it: nothing is missed in between.
    pub fn listen(&self) -> (Vec<News>, broadcast::Receiver<News>) {
        let latest = self.lock();
        (
            latest.values().cloned().collect(),
            self.listeners.subscribe(),
        )
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, News>> {
        self.latest
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}
