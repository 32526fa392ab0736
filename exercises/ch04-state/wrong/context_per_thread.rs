// ANCHOR: uses
use std::cell::RefCell;
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
    next_conversation: AtomicU64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
thread_local! {
    /// What was said: no lock is needed, since no other thread can reach it.
    static CONTEXT: RefCell<(u64, Vec<i64>)> = const { RefCell::new((0, Vec::new())) };
}

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
            next_conversation: AtomicU64::new(1),
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
        CONTEXT.with_borrow_mut(|(whose, context)| {
            if *whose != conversation.id {
                *whose = conversation.id;
                context.clear();
            }
            let said = context.len();
            context.extend_from_slice(input_ids);
            let logits = self.infer(context);
            if logits.is_err() {
                context.truncate(said);
            }
            logits
        })
    }
    // ANCHOR_END: say
}
