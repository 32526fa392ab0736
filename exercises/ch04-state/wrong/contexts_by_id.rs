// ANCHOR: uses
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    /// What was said in each conversation.
    contexts: Mutex<HashMap<u64, Vec<i64>>>,
    next_conversation: AtomicU64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug)]
pub struct Conversation {
    id: u64,
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
            contexts: Mutex::default(),
            next_conversation: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            id: self.next_conversation.fetch_add(1, Relaxed),
        }
    }

    /// The logits of all that was said in `conversation`, `input_ids` last.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let mut context = self.contexts().remove(&conversation.id).unwrap_or_default();
        let said = context.len();
        context.extend_from_slice(input_ids);
        let logits = self.infer(&context);
        if logits.is_err() {
            context.truncate(said);
        }
        self.contexts().insert(conversation.id, context);
        logits
    }

    fn contexts(&self) -> MutexGuard<'_, HashMap<u64, Vec<i64>>> {
        self.contexts.lock().unwrap_or_else(PoisonError::into_inner)
    }
    // ANCHOR_END: say
}
