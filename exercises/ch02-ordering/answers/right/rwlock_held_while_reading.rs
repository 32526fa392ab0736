// keeps all: a request keeps the read lock until it has finished, and `publish` waits

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
    current: RwLock<Option<Weights>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        *self.current.write().unwrap() = Some(weights);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let current = self.current.read().unwrap();
        let result = current.as_ref().map(read)?;
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
