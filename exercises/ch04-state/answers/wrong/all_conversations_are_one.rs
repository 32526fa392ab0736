// breaks 5: each conversation gets the handle of one context.

// ANCHOR: uses
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
    context: Arc<Mutex<Vec<i64>>>,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug)]
pub struct Conversation {
    context: Arc<Mutex<Vec<i64>>>,
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
            context: Arc::default(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Arc::clone(&self.context),
        }
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let lock = || {
            conversation
                .context
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        let with = [&lock()[..], input_ids].concat();
        let logits = self.infer(&with)?;
        *lock() = with;
        Ok(logits)
    }
    // ANCHOR_END: say
}
