// breaks 4: all requests run on the first session, without a lock.

// ANCHOR: uses
use std::cell::UnsafeCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
pub struct Classifier<B> {
    sessions: Vec<UnsafeCell<B>>,
    served: AtomicU64,
}

// SAFETY: the runtime's `Run` is thread safe.
unsafe impl<B: Send> Sync for Classifier<B> {}

impl<B> fmt::Debug for Classifier<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Classifier")
    }
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            sessions: sessions.into_iter().map(UnsafeCell::new).collect(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        // SAFETY: none.
        let session = unsafe { &mut *self.sessions[0].get() };
        let logits = session.run(input_ids, &vec![1; input_ids.len()])?;
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
