// breaks 3: who finds no session looks again and again with the pool locked, so none comes back.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: take
    /// A session for one run.
    fn take(&self) -> Taken<'_, B> {
        let mut idle = self.idle();
        loop {
            if let Some(session) = idle.pop() {
                return Taken {
                    session: Some(session),
                    classifier: self,
                };
            }
            std::thread::yield_now();
        }
    }
    // ANCHOR_END: take
}
