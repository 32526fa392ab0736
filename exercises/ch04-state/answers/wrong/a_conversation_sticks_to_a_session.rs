// breaks 3: each conversation has a session, and waits for that one.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Vec<Mutex<B>>,
    started: AtomicUsize,
    served: AtomicU64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug)]
pub struct Conversation {
    context: Vec<i64>,
    session: usize,
}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            sessions: sessions.into_iter().map(Mutex::new).collect(),
            started: AtomicUsize::new(0),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        self.run(self.started.fetch_add(1, Relaxed), input_ids)
    }

    fn run(&self, session: usize, input_ids: &[i64]) -> Result<Logits, RunError> {
        let session = &self.sessions[session % self.sessions.len()];
        let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
        let logits = session.run(input_ids, &vec![1; input_ids.len()])?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Vec::new(),
            session: self.started.fetch_add(1, Relaxed),
        }
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let said = conversation.context.len();
        conversation.context.extend_from_slice(input_ids);
        let logits = self.run(conversation.session, &conversation.context);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
