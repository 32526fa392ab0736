//! The learner's side of a class board: sends verdicts to an instructor whose class the learner has joined,
//! on a thread of its own. Whatever happens to the board, the learner's checks do not notice.

mod invitation;
mod post;
mod report;

use std::collections::BTreeSet;
use std::fs;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::anyhow;
use runner::{Root, Verdict, is_as_shipped};

use crate::feed::{Feed, Update};
use crate::terminal::Terminal;

pub use invitation::Invitation;
use post::Post;
use report::Report;

/// A class that the learner has joined.
pub struct Class {
    post: Sender<(String, Report)>,
    /// Chapters of which it has been told.
    told: Mutex<BTreeSet<String>>,
}

impl Class {
    /// Joins, says what will be sent, and starts the thread that sends and tells `feed` what it has sent.
    pub fn join(
        root: &Root,
        invitation: Invitation,
        feed: Arc<Feed>,
        terminal: Terminal,
    ) -> anyhow::Result<Class> {
        let key = key(root)?;
        terminal.say(format!(
            "Joining the class on {} as {}.",
            invitation.host, invitation.name
        ));
        terminal.say(
            "It is sent this name, a random number that tells you from others of it, and of each chapter that \
             you have changed the names of its checks and whether they pass: never code, never a message.",
        );
        let (class, verdicts) = channel();
        thread::spawn(move || {
            let say = |line: &str| terminal.say(format!("class: {line}"));
            let show = |news| feed.publish(Update::Class(news));
            Post::new(invitation, key).run(&verdicts, say, show);
        });
        Ok(Class::over(class))
    }

    fn over(post: Sender<(String, Report)>) -> Class {
        let told = Mutex::default();
        Class { post, told }
    }

    /// Takes a verdict along. A chapter that is as shipped says nothing about the learner, unless it was changed
    /// before and is reset now.
    pub fn tell(&self, root: &Root, verdict: &Verdict) {
        let chapter = &verdict.chapter;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_it) = Report::of(verdict)
            && (told.contains(chapter) || has_begun(root, chapter))
        {
            told.insert(chapter.clone());
            let _ = self.post.send((chapter.clone(), of_it));
        }
    }
}

fn has_begun(root: &Root, chapter: &str) -> bool {
    !is_as_shipped(&root.path().join("exercises").join(chapter))
}

/// The number by which a board knows this learner again after a break.
fn key(root: &Root) -> anyhow::Result<String> {
    let file = root.state_dir().join("class-key");
    let had = fs::read_to_string(&file).unwrap_or_default();
    let had = had.trim();
    if had.len() == 32 && had.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(had.to_lowercase());
    }
    let key = common::key::random()?;
    fs::create_dir_all(file.with_file_name(""))
        .and_then(|()| fs::write(&file, &key))
        .map_err(|error| anyhow!("{}: {error}; the class is not joined", root.shown(&file)))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use runner::{CheckResult, CheckState, Outcome};

    use super::*;

    pub fn verdict(chapter: &str, outcome: Outcome) -> Verdict {
        let (chapter, title) = (chapter.to_owned(), String::new());
        Verdict {
            chapter,
            title,
            outcome,
            problems: Vec::new(),
            milliseconds: 1,
        }
    }

    pub fn ran(checks: &[(&str, CheckState)]) -> Outcome {
        let result = |(name, state): &(&str, CheckState)| CheckResult {
            name: (*name).into(),
            sentence: name.replace('_', " "),
            state: *state,
            message: "secret: what my code said".into(),
            at: Some("exercises/ch01-first/src/lib.rs:7".into()),
            promises: Vec::new(),
            broken: None,
            trace: None,
        };
        let checks = checks.iter().map(result).collect();
        Outcome::Ran {
            checks,
            warnings: vec!["secret: my code".into()],
        }
    }

    #[test]
    fn a_chapter_as_shipped_is_not_told_unless_it_was_changed_before() {
        let folder = tempfile::tempdir().unwrap();
        let chapter = folder.path().join("exercises/ch01-first");
        fs::create_dir_all(chapter.join("src")).unwrap();
        fs::write(chapter.join("shipped.rs"), "as shipped\n").unwrap();
        fs::write(chapter.join("src/lib.rs"), "as shipped\r\n").unwrap();
        let root = Root::at(folder.path());
        let (class, told) = channel();
        let class = Class::over(class);
        let verdict = verdict("ch01-first", ran(&[("holds", CheckState::Failed)]));
        class.tell(&root, &verdict);
        assert!(told.try_recv().is_err());
        fs::write(chapter.join("src/lib.rs"), "changed\n").unwrap();
        class.tell(&root, &verdict);
        assert_eq!(told.try_recv().unwrap().0, "ch01-first");
        // Reset: what the board has of it is no longer so.
        fs::write(chapter.join("src/lib.rs"), "as shipped\n").unwrap();
        class.tell(&root, &verdict);
        assert_eq!(told.try_recv().unwrap().0, "ch01-first");
    }

    #[test]
    fn a_learner_keeps_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path());
        let first = key(&root).unwrap();
        assert_eq!((first.len(), key(&root).unwrap()), (32, first.clone()));
        // As an editor would save it.
        let file = folder.path().join(".workbook/class-key");
        fs::write(&file, format!("{first}\n")).unwrap();
        assert_eq!(key(&root).unwrap(), first);
        fs::write(&file, "Z".repeat(32)).unwrap();
        assert_ne!(key(&root).unwrap(), "Z".repeat(32));
    }
}
