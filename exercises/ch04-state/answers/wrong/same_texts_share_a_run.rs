// breaks 1: two requests that send one text at once share a run.

// ANCHOR: uses
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

type Shared = Arc<Mutex<Option<Result<Logits, RunError>>>>;
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    running: Mutex<HashMap<Vec<i64>, Shared>>,
}
// ANCHOR_END: classifier

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
            running: Mutex::default(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = Arc::clone(running.entry(input_ids.to_vec()).or_default());
        drop(running);
        // Whoever comes second waits here for the first.
        let mut outcome = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if outcome.is_none() {
            let run = self.take().run(input_ids, &vec![1; input_ids.len()]);
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            running.remove(input_ids);
            *outcome = Some(run);
        }
        let logits = outcome.clone().expect("just now")?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
