// breaks 9: the count is read and written in two steps, with an atomic of `core`.

// ANCHOR: uses
use core::fmt;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed, Ordering::SeqCst};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        let served = self.served.load(SeqCst);
        self.served.store(served + 1, SeqCst);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
