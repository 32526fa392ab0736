// breaks 8: a session that has failed three times is taken out of use.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<(B, u8)>>,
    came_back: Condvar,
    served: AtomicU64,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            idle: Mutex::new(sessions.into_iter().map(|session| (session, 0)).collect()),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Vec<(B, u8)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<(B, u8)>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let (session, failed) = self.session.as_mut().expect("until the drop");
        session
            .run(input_ids, attention_mask)
            .inspect_err(|_| *failed += 1)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        if self.session.as_ref().is_some_and(|(_, failed)| *failed < 3) {
            self.classifier.idle().extend(self.session.take());
            self.classifier.came_back.notify_one();
        }
    }
}
// ANCHOR_END: taken
