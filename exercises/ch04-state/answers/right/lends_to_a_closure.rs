// keeps all: sessions are lent to a closure, and a guard from a macro puts them back.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex};

macro_rules! relock {
    ($mutex:expr) => {
        match $mutex.lock() {
            Ok(guard) => guard,
            Err(poisoned) => poisoned.into_inner(),
        }
    };
}

struct Finally<F: FnMut()>(F);

impl<F: FnMut()> Drop for Finally<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let mask = vec![1; input_ids.len()];
        let logits = self.lend(|session| session.run(input_ids, &mask));
        self.served.fetch_add(logits.is_ok().into(), Relaxed);
        logits
    }
    // ANCHOR_END: infer

    // ANCHOR: take
    fn lend<T>(&self, run: impl FnOnce(&mut B) -> T) -> T {
        let mut idle = relock!(self.idle);
        while idle.is_empty() {
            idle = match self.came_back.wait(idle) {
                Ok(idle) => idle,
                Err(poisoned) => poisoned.into_inner(),
            };
        }
        let session = std::cell::RefCell::new(idle.pop());
        drop(idle);
        let _back = Finally(|| {
            relock!(self.idle).extend(session.take());
            self.came_back.notify_one();
        });
        let mut lent = session.borrow_mut();
        // Dropped before `_back`, also when it panics.
        run(lent.as_mut().expect("it was not empty"))
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
