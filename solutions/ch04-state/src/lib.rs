//! Judges what people say of films, for a web server that asks from all of its threads.
//!
//! What it promises stands in the exercise's README.md.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

/// The logits of one text: negative, positive.
pub type Logits = [f32; 2];

/// What runs the network, one text at a time: `run` takes `&mut self`, as `ort::session::Session::run` does.
pub trait Backend: Send + 'static {
    /// The logits of one text. Both slices have shape `[sequence]`; a mask of 0 takes an id out of account.
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError>;
}

/// Why a run has no logits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunError(pub String);

/// A classifier of token ids, on as many sessions as it was given.
// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    /// The sessions that no request uses. Locked to take one out or put one back, never during a run.
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    /// For the metrics page only: nothing is decided by it.
    served: AtomicU64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier. It may go on on another thread, and its memory goes
/// when it is dropped.
#[derive(Debug)]
pub struct Conversation {
    /// Everything that was said.
    context: Vec<i64>,
}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            idle: Mutex::new(sessions),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text. They depend on its ids, shape `[sequence]`, and on nothing else.
    ///
    /// A request waits only while every session is in use by another one.
    ///
    /// # Errors
    /// What the session says. Its session then serves other requests, as before.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Vec::new(),
        }
    }

    /// The logits of all that was said in `conversation`, `input_ids` last. It waits as `infer` does.
    ///
    /// # Errors
    /// What the session says. Then `input_ids` were not said: the caller may say them again.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let said = conversation.context.len();
        conversation.context.extend_from_slice(input_ids);
        let logits = self.infer(&conversation.context);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say

    // ANCHOR: served
    /// How many calls of `infer` and `say` were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Relaxed)
    }
    // ANCHOR_END: served

    // ANCHOR: take
    /// A session for one run. Waits while there is none.
    fn take(&self) -> Taken<'_, B> {
        let mut idle = self
            .came_back
            .wait_while(self.idle(), |idle| idle.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        Taken {
            session: idle.pop(),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Vec<B>> {
        // Nothing panics while it is locked.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
/// A session outside the pool. It goes back however the run ends: logits, an error or a panic.
struct Taken<'a, B> {
    /// `None` only while it is dropped.
    session: Option<B>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let session = self.session.as_mut().expect("it is there until the drop");
        session.run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.classifier.idle().extend(self.session.take());
        self.classifier.came_back.notify_one();
    }
}
// ANCHOR_END: taken

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RunError {}

#[cfg(test)]
#[path = "../../../exercises/ch04-state/src/check.rs"]
mod check;
