// breaks 5: contexts are in a static map, by numbers that each classifier counts for itself.

// ANCHOR: uses
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    /// The sessions that no request uses. Locked to take one out or put one back, never during a run.
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    started: AtomicU64,
}
static CONTEXTS: Mutex<BTreeMap<u64, Vec<i64>>> = Mutex::new(BTreeMap::new());
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier. It may go on on another thread, and its memory goes
/// when it is dropped.
#[derive(Debug)]
pub struct Conversation {
    id: u64,
}
impl Drop for Conversation {
    fn drop(&mut self) {
        CONTEXTS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
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
            started: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            id: self.started.fetch_add(1, Relaxed),
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
        let contexts = || CONTEXTS.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = contexts()
            .get(&conversation.id)
            .cloned()
            .unwrap_or_default();
        text.extend_from_slice(input_ids);
        let logits = self.infer(&text)?;
        contexts().insert(conversation.id, text);
        Ok(logits)
    }
    // ANCHOR_END: say
}
