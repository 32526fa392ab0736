// breaks 2, 5: a request that finds the lock taken reads the version before, which it kept

// ANCHOR: uses
use crate::sync::{
    Arc, Mutex,
    atomic::{
        AtomicBool, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    busy: AtomicBool,
    current: Mutex<Option<Arc<Weights>>>,
    before: Mutex<Option<Arc<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self.current.lock().unwrap().replace(Arc::new(weights));
        *self.before.lock().unwrap() = old;
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = if self.busy.swap(true, Acquire) {
            let before = self.before.lock().unwrap().clone();
            before.or_else(|| self.current.lock().unwrap().clone())?
        } else {
            let current = self.current.lock().unwrap().clone();
            self.busy.store(false, Release);
            current?
        };
        self.served.fetch_add(1, Relaxed);
        Some(read(&mine))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
