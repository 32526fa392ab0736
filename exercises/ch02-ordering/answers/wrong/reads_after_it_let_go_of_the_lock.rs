// breaks 4: a request takes an address under the lock and reads it without, while `publish` frees it

// ANCHOR: uses
use crate::sync::{
    RwLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: RwLock<Option<Box<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        *self.current.write().unwrap() = Some(Box::new(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let weights: *const Weights = &raw const **self.current.read().unwrap().as_ref()?;
        self.served.fetch_add(1, Relaxed);
        // SAFETY: it was the current version a moment ago.
        Some(read(unsafe { &*weights }))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
