// breaks 3, 11: a lock of `std` is held while a request reads

// ANCHOR: uses
use std::sync::Mutex;

use crate::sync::atomic::{AtomicU64, Ordering::Relaxed};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: Mutex<Option<Weights>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        *self.current.lock().unwrap() = Some(weights);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let current = self.current.lock().unwrap();
        let result = current.as_ref().map(read)?;
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
