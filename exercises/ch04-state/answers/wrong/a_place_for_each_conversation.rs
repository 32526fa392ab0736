// breaks 7: a place for each conversation that ever started stays.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    /// The sessions that no request uses. Locked to take one out or put one back, never during a run.
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    contexts: Arc<Mutex<Vec<Option<Vec<i64>>>>>,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier. It may go on on another thread, and its memory goes
/// when it is dropped.
#[derive(Debug)]
pub struct Conversation {
    place: usize,
    contexts: Arc<Mutex<Vec<Option<Vec<i64>>>>>,
}
impl Drop for Conversation {
    fn drop(&mut self) {
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner)[self.place] = None;
    }
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
            contexts: Arc::default(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        let mut contexts = self.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        contexts.push(Some(Vec::new()));
        Conversation {
            place: contexts.len() - 1,
            contexts: Arc::clone(&self.contexts),
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
        let contexts = || self.contexts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = contexts()[conversation.place].clone().expect("it lives");
        text.extend_from_slice(input_ids);
        let logits = self.infer(&text)?;
        contexts()[conversation.place] = Some(text);
        Ok(logits)
    }
    // ANCHOR_END: say
}
