// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Vec<Mutex<B>>,
    next: AtomicUsize,
    served: AtomicU64,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            sessions: sessions.into_iter().map(Mutex::new).collect(),
            next: AtomicUsize::new(0),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let next = self.next.fetch_add(1, Relaxed) % self.sessions.len();
        let session = self.sessions[next].lock();
        let mut session = session.unwrap_or_else(PoisonError::into_inner);
        let logits = session.run(input_ids, &attention_mask)?;
        drop(session);
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
