// keeps all: sessions and count lie behind one lock, and one visit gives back and counts.

// ANCHOR: uses
use std::fmt;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Pool<B>>,
    came_back: Condvar,
}

#[derive(Debug)]
struct Pool<B> {
    sessions: Vec<B>,
    served: u64,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            idle: Mutex::new(Pool {
                sessions,
                served: 0,
            }),
            came_back: Condvar::new(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let mut taken = self.take();
        let logits = taken.run(input_ids, &attention_mask);
        taken.counts = logits.is_ok();
        logits
    }
    // ANCHOR_END: infer

    // ANCHOR: served
    /// How many calls were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.idle().served
    }
    // ANCHOR_END: served

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        let idle = self
            .came_back
            .wait_while(self.idle(), |idle| idle.sessions.is_empty());
        Taken {
            session: idle.unwrap_or_else(PoisonError::into_inner).sessions.pop(),
            counts: false,
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Pool<B>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<B>,
    counts: bool,
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
        idle.sessions.extend(self.session.take());
        idle.served += u64::from(self.counts);
        self.classifier.came_back.notify_one();
    }
}
// ANCHOR_END: taken
