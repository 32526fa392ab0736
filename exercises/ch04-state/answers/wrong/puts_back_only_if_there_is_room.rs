// breaks 3: idle sessions lie in a channel with room for one, and what finds none is dropped.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    back: SyncSender<B>,
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
        let (back, idle) = sync_channel(1);
        sessions
            .into_iter()
            .for_each(|session| drop(back.try_send(session)));
        Classifier {
            back,
            idle: Mutex::new(idle),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<B> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        Taken {
            session: idle.recv().ok(),
            back: self.back.clone(),
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<B> {
    session: Option<B>,
    back: SyncSender<B>,
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
            let _ = self.back.try_send(session);
        }
    }
}
// ANCHOR_END: taken
