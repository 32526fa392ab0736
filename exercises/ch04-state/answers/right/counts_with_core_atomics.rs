// keeps all: the count is from `core`, under another name.

// ANCHOR: uses
use core::{fmt, sync::atomic};
use std::sync::{self, Condvar, MutexGuard, PoisonError};

use sync::Mutex;
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: atomic::AtomicUsize,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Self {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Self {
            idle: sessions.into(),
            came_back: Condvar::default(),
            served: 0.into(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask: Vec<_> = input_ids.iter().map(|_| 1).collect();
        let logits = self.take().run(input_ids, &attention_mask)?;
        let _ = self.served.fetch_update(
            atomic::Ordering::AcqRel,
            atomic::Ordering::Acquire,
            |served| served.checked_add(1),
        );
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: served
    /// How many calls were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(atomic::Ordering::Acquire) as u64
    }
    // ANCHOR_END: served
}
