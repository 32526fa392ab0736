// breaks 8: each session has a lock, and the lock of one that panicked is poisoned for ever.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Vec<Mutex<B>>,
    idle: Mutex<Vec<usize>>,
    returned: Condvar,
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
            idle: Mutex::new((0..sessions.len()).collect()),
            sessions: sessions.into_iter().map(Mutex::new).collect(),
            returned: Condvar::new(),
            served: AtomicU64::default(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        struct Back<'a>(usize, &'a Mutex<Vec<usize>>, &'a Condvar);
        impl Drop for Back<'_> {
            fn drop(&mut self) {
                self.1
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(self.0);
                self.2.notify_one();
            }
        }
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = self.returned.wait_while(idle, |idle| idle.is_empty());
        let place = idle
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .expect("not empty");
        let _back = Back(place, &self.idle, &self.returned);
        let mut session = self.sessions[place].lock().expect("no run panics");
        let logits = session.run(input_ids, &vec![1; input_ids.len()])?;
        self.served.fetch_add(1, Ordering::Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: served
    /// How many calls were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Ordering::Relaxed)
    }
    // ANCHOR_END: served

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
