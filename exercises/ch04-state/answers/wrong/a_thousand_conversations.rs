// breaks 5: the 1025th conversation takes the context of the first.

// ANCHOR: uses
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    contexts: Arc<Contexts>,
    started: AtomicU64,
}

#[derive(Debug, Default)]
struct Contexts(Mutex<HashMap<u64, Vec<i64>>>);

impl Contexts {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Vec<i64>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug)]
pub struct Conversation {
    id: u64,
    contexts: Arc<Contexts>,
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.contexts.lock().remove(&self.id);
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
            started: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            id: self.started.fetch_add(1, Relaxed) % 1024,
            contexts: Arc::clone(&self.contexts),
        }
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let mut context = self
            .contexts
            .lock()
            .get(&conversation.id)
            .cloned()
            .unwrap_or_default();
        let said = context.len();
        context.extend_from_slice(input_ids);
        let logits = self.infer(&context);
        if logits.is_err() {
            context.truncate(said);
        }
        self.contexts.lock().insert(conversation.id, context);
        logits
    }
    // ANCHOR_END: say
}
