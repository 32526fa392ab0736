// breaks 3: texts of more than 64 ids run one at a time, to spare memory.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

static LONG: Mutex<()> = Mutex::new(());
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let _one =
            (input_ids.len() > 64).then(|| LONG.lock().unwrap_or_else(PoisonError::into_inner));
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
