// keeps all: the run has a scoped thread, so that its panic is the result of a join.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let mut taken = self.take();
        let logits = thread::scope(|scope| {
            let run = scope.spawn(|| taken.run(input_ids, &attention_mask));
            run.join()
                .unwrap_or_else(|_| Err(RunError("the session panicked".into())))
        })?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
