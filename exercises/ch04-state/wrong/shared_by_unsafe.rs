// ANCHOR: uses
use std::cell::UnsafeCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Vec<UnsafeCell<B>>,
    next: AtomicUsize,
    served: AtomicU64,
}

// SAFETY: the runtime says that its `Run` is thread safe.
unsafe impl<B: Backend> Sync for Classifier<B> {}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            sessions: sessions.into_iter().map(UnsafeCell::new).collect(),
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
        // SAFETY: as above.
        let session = unsafe { &mut *self.sessions[next].get() };
        let logits = session.run(input_ids, &attention_mask)?;
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
