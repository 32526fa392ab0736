// keeps all: the pool is made once, at the first request, and whoever comes meanwhile waits for that.

// ANCHOR: uses
extern crate alloc;

use alloc::vec;
use core::fmt;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    given: Mutex<Option<Vec<B>>>,
    idle: OnceLock<Mutex<Vec<B>>>,
    came_back: Condvar,
    served: AtomicU64,
}

/// Nothing is padded.
static OF_THE_TEXT: LazyLock<i64> = LazyLock::new(|| 1);
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            given: Mutex::new(Some(sessions)),
            idle: OnceLock::new(),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![*OF_THE_TEXT; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Vec<B>> {
        let pool = self.idle.get_or_init(|| {
            let given = self
                .given
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            Mutex::new(given.unwrap_or_default())
        });
        pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle
