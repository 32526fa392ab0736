// breaks 3: each pause between two looks is twice as long as the one before, up to a second.

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
        let mut pause = Duration::from_micros(50);
        loop {
            if let Some(session) = self.idle().pop() {
                return Taken {
                    session: Some(session),
                    classifier: self,
                };
            }
            std::thread::park_timeout(pause);
            pause = (2 * pause).min(Duration::from_secs(1));
        }
    }
    // ANCHOR_END: take
}
