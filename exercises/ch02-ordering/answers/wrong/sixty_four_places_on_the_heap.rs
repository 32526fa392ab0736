// breaks 8: room for 64 versions, on the heap: the next `publish` panics

// ANCHOR: uses
use crate::sync::{
    OnceLock,
    atomic::{
        AtomicU64, AtomicUsize,
        Ordering::{Acquire, Relaxed, Release},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug)]
pub struct ModelSlot {
    versions: Box<[OnceLock<Weights>]>,
    published: AtomicUsize,
    served: AtomicU64,
}

impl Default for ModelSlot {
    fn default() -> ModelSlot {
        let versions = (0..64).map(|_| OnceLock::new()).collect();
        ModelSlot {
            versions,
            published: AtomicUsize::new(0),
            served: AtomicU64::new(0),
        }
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let number = self.published.load(Relaxed);
        self.versions[number]
            .set(weights)
            .expect("there is one loader");
        self.published.store(number + 1, Release);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let last = self.published.load(Acquire).checked_sub(1)?;
        self.served.fetch_add(1, Relaxed);
        self.versions[last].get().map(read)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
