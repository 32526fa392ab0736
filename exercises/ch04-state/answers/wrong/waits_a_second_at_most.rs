// breaks 1, 3: a request that has waited for a second is given an error.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take()?.run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: take
    /// A session for one run.
    fn take(&self) -> Result<Taken<'_, B>, RunError> {
        let waited =
            self.came_back
                .wait_timeout_while(self.idle(), Duration::from_secs(1), |idle| idle.is_empty());
        let mut idle = waited.unwrap_or_else(PoisonError::into_inner).0;
        let session = Some(idle.pop().ok_or_else(|| RunError("no session".into()))?);
        Ok(Taken {
            session,
            classifier: self,
        })
    }
    // ANCHOR_END: take
}
