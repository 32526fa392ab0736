// breaks 4: after an error a session is given back twice, and two requests get it.

// ANCHOR: uses
use std::cell::UnsafeCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Box<[UnsafeCell<B>]>,
    /// The places of the sessions that no request uses.
    idle: Mutex<Vec<usize>>,
    came_back: Condvar,
    served: AtomicU64,
}

// SAFETY: only the thread that has taken its place uses a session.
unsafe impl<B: Send> Sync for Classifier<B> {}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            idle: Mutex::new((0..sessions.len()).collect()),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
            sessions: sessions.into_iter().map(UnsafeCell::new).collect(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        let mut idle = self
            .came_back
            .wait_while(self.idle(), |idle| idle.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        Taken {
            place: idle.pop().expect("it is not empty"),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Vec<usize>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    place: usize,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        // SAFETY: this thread has taken the place.
        let session = unsafe { &mut *self.classifier.sessions[self.place].get() };
        let logits = session.run(input_ids, attention_mask);
        if logits.is_err() {
            self.give_back();
        }
        logits
    }
}

impl<B> Taken<'_, B> {
    fn give_back(&self) {
        self.classifier.idle().push(self.place);
        self.classifier.came_back.notify_one();
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.give_back();
    }
}
// ANCHOR_END: taken
