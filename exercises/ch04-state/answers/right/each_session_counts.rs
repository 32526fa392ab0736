// keeps all: each session has a count of its own, which only its requests write with a load and a store.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<(B, Arc<AtomicU64>)>>,
    came_back: Condvar,
    served: Vec<Arc<AtomicU64>>,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let served: Vec<_> = sessions
            .iter()
            .map(|_| Arc::<AtomicU64>::default())
            .collect();
        Classifier {
            idle: Mutex::new(sessions.into_iter().zip(served.iter().cloned()).collect()),
            came_back: Condvar::new(),
            served,
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        self.take().run(input_ids, &vec![1; input_ids.len()])
    }
    // ANCHOR_END: infer

    // ANCHOR: served
    /// How many calls were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.iter().map(|served| served.load(Relaxed)).sum()
    }
    // ANCHOR_END: served
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Vec<(B, Arc<AtomicU64>)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<(B, Arc<AtomicU64>)>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let (session, served) = self.session.as_mut().expect("until the drop");
        let logits = session.run(input_ids, attention_mask)?;
        // Whoever has the session is the only one that writes.
        served.store(served.load(Relaxed) + 1, Relaxed);
        Ok(logits)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.classifier.idle().extend(self.session.take());
        self.classifier.came_back.notify_one();
    }
}
// ANCHOR_END: taken
