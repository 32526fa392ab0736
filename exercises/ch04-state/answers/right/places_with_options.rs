// keeps all: sessions lie in a list of options behind one lock; waiting ones count a number of free places.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Places<B>>,
    came_back: Condvar,
    served: AtomicU64,
}

#[derive(Debug)]
struct Places<B> {
    places: Vec<Option<B>>,
    free: usize,
    waiting: usize,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            idle: Mutex::new(Places {
                free: sessions.len(),
                places: sessions.into_iter().map(Some).collect(),
                waiting: 0,
            }),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        let mut idle = self.idle();
        while idle.free == 0 {
            idle.waiting += 1;
            idle = self
                .came_back
                .wait(idle)
                .unwrap_or_else(PoisonError::into_inner);
            idle.waiting -= 1;
        }
        idle.free -= 1;
        Taken {
            session: idle.places.iter_mut().find_map(Option::take),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Places<B>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<B>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let session = self.session.as_mut().expect("until the drop");
        session.run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        let mut idle = self.classifier.idle();
        idle.free += 1;
        if let Some(place) = idle.places.iter_mut().find(|place| place.is_none()) {
            *place = self.session.take();
        }
        // Nobody sleeps that need not be woken.
        if idle.waiting > 0 {
            self.classifier.came_back.notify_one();
        }
    }
}
// ANCHOR_END: taken
