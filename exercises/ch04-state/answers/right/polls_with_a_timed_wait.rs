// keeps all: a waiting request looks again each 10 ms, whether it was woken or not.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
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
            let woken = self.came_back.wait_timeout(idle, Duration::from_millis(10));
            idle = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
    // ANCHOR_END: take
}
