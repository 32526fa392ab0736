// breaks 2: a `OnceLock`: what comes after the first version is dropped

// ANCHOR: uses
use crate::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    weights: OnceLock<Weights>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let _ = self.weights.set(weights);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let weights = self.weights.get()?;
        self.served.fetch_add(1, Relaxed);
        Some(read(weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
