// breaks 3: those who wait are counted in 8 bits, and nobody is told while 256 do.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    /// The sessions that no request uses. Locked to take one out or put one back, never during a run.
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
    waiting: AtomicU8,
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
            waiting: AtomicU8::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    /// A session for one run. Waits while there is none.
    fn take(&self) -> Taken<'_, B> {
        let mut idle = self.idle();
        while idle.is_empty() {
            self.waiting.fetch_add(1, Relaxed);
            idle = self
                .came_back
                .wait(idle)
                .unwrap_or_else(PoisonError::into_inner);
            self.waiting.fetch_sub(1, Relaxed);
        }
        Taken {
            session: idle.pop(),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: taken
/// A session outside the pool. It goes back however the run ends: logits, an error or a panic.
struct Taken<'a, B> {
    /// `None` only while it is dropped.
    session: Option<B>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let session = self.session.as_mut().expect("it is there until the drop");
        session.run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        let mut idle = self.classifier.idle();
        idle.extend(self.session.take());
        if self.classifier.waiting.load(Relaxed) > 0 {
            self.classifier.came_back.notify_one();
        }
    }
}
// ANCHOR_END: taken
