// breaks 1: ids and mask are kept for each thread, and a shorter text finds the longer one.

// ANCHOR: uses
use std::cell::RefCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

thread_local! {
    static BUFFERS: RefCell<[Vec<i64>; 2]> = RefCell::default();
}
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let [mut ids, mut mask] = BUFFERS.take();
        let length = input_ids.len().max(ids.len());
        ids.resize(length, 0);
        mask.resize(length, 0);
        ids[..input_ids.len()].copy_from_slice(input_ids);
        mask[..input_ids.len()].fill(1);
        let logits = self.take().run(&ids, &mask)?;
        BUFFERS.set([ids, mask]);
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
