// keeps all: each session has its own lock; whoever finds none open waits for the next return.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, TryLockError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Vec<Mutex<B>>,
    /// How often a session has come back.
    returns: Mutex<u64>,
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
            sessions: sessions.into_iter().map(Mutex::new).collect(),
            returns: Mutex::new(0),
            returned: Condvar::new(),
            served: AtomicU64::default(),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        struct Tell<'a>(&'a Mutex<u64>, &'a Condvar);
        impl Drop for Tell<'_> {
            fn drop(&mut self) {
                *self.0.lock().unwrap() += 1;
                self.1.notify_all();
            }
        }
        let attention_mask = vec![1; input_ids.len()];
        loop {
            let before = *self.returns.lock().unwrap();
            for session in &self.sessions {
                let mut session = match session.try_lock() {
                    Ok(session) => session,
                    Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                    Err(TryLockError::WouldBlock) => continue,
                };
                // Dropped after the guard of the session.
                let tell = Tell(&self.returns, &self.returned);
                let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                    session.run(input_ids, &attention_mask)
                }));
                drop(session);
                drop(tell);
                let logits = outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
                self.served.fetch_add(1, Ordering::Relaxed);
                return Ok(logits);
            }
            let returns = self.returns.lock().unwrap_or_else(PoisonError::into_inner);
            drop(
                self.returned
                    .wait_while(returns, |returns| *returns == before),
            );
        }
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
