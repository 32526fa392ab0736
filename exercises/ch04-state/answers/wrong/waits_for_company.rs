// breaks 3: two requests meet at a barrier before they run: one alone waits for ever.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Barrier, Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    company: Barrier,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            company: Barrier::new(sessions.len().min(2)),
            idle: Mutex::new(sessions),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        self.company.wait();
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
