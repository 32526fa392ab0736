// breaks 3: the contexts are in sixteen maps, each locked for the run: the 17th conversation waits for the first.

// ANCHOR: uses
use std::collections::BTreeMap;
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
    contexts: [Arc<Mutex<BTreeMap<u64, Vec<i64>>>>; 16],
    started: AtomicU64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier. It may go on on another thread, and its memory goes
/// when it is dropped.
#[derive(Debug)]
pub struct Conversation {
    id: u64,
    contexts: Arc<Mutex<BTreeMap<u64, Vec<i64>>>>,
}
impl Drop for Conversation {
    fn drop(&mut self) {
        self.contexts
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
            contexts: Default::default(),
            started: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        let id = self.started.fetch_add(1, Relaxed);
        Conversation {
            id,
            contexts: Arc::clone(&self.contexts[id as usize % 16]),
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
        let mut contexts = conversation
            .contexts
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let context = contexts.entry(conversation.id).or_default();
        let said = context.len();
        context.extend_from_slice(input_ids);
        let logits = self.infer(context);
        if logits.is_err() {
            context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say
}
