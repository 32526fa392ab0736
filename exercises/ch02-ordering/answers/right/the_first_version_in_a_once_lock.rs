// keeps all: the first version has a place of its own, and later ones a lock that is only looked at when there are any

// ANCHOR: uses
use crate::sync::{
    Arc, Mutex, OnceLock,
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
    first: OnceLock<Weights>,
    swapped: AtomicBool,
    later: Mutex<Option<Arc<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        if let Err(weights) = self.first.set(weights) {
            *self.later.lock().unwrap() = Some(Arc::new(weights));
            self.swapped.store(true, Release);
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let result = if self.swapped.load(Acquire) {
            let mine = self.later.lock().unwrap().clone()?;
            read(&mine)
        } else {
            read(self.first.get()?)
        };
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
