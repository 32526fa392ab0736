// breaks 3: who finds no free session sleeps for 20 ms, however soon one comes free.

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
        loop {
            if let Some(session) = self.idle().pop() {
                return Taken {
                    session: Some(session),
                    classifier: self,
                };
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    // ANCHOR_END: take
}
