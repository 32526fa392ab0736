// keeps all: the numbers of the free sessions lie in a set, and the sessions in locks that nobody waits for.

// ANCHOR: uses
use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Box<[Mutex<B>]>,
    free: Mutex<BTreeSet<usize>>,
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
            free: Mutex::new((0..sessions.len()).collect()),
            sessions: sessions.into_iter().map(Mutex::new).collect(),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        let mut free = self.free();
        loop {
            if let Some(place) = free.pop_first() {
                return Taken {
                    place,
                    classifier: self,
                };
            }
            free = self
                .came_back
                .wait(free)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn free(&self) -> MutexGuard<'_, BTreeSet<usize>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
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
        let session = self.classifier.sessions[self.place].try_lock();
        match session {
            Ok(mut session) => session.run(input_ids, attention_mask),
            Err(std::sync::TryLockError::Poisoned(session)) => {
                session.into_inner().run(input_ids, attention_mask)
            }
            Err(std::sync::TryLockError::WouldBlock) => unreachable!("it was free"),
        }
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        let mut free = self.classifier.free();
        free.insert(self.place);
        drop(free);
        self.classifier.came_back.notify_one();
    }
}
// ANCHOR_END: taken
