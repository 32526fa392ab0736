// keeps all: the idle sessions lie in a channel, and whoever needs one receives it.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    back: Mutex<Sender<B>>,
    idle: Mutex<Receiver<B>>,
    served: AtomicU64,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let (back, idle) = channel();
        sessions
            .into_iter()
            .for_each(|session| back.send(session).expect("`idle` lives"));
        Classifier {
            back: Mutex::new(back),
            idle: Mutex::new(idle),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<B> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        Taken {
            session: Some(idle.recv().expect("`back` lives")),
            back: self
                .back
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<B> {
    session: Option<B>,
    back: Sender<B>,
}

impl<B: Backend> Taken<B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        self.session
            .as_mut()
            .expect("until the drop")
            .run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<B> {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = self.back.send(session);
        }
    }
}
// ANCHOR_END: taken
