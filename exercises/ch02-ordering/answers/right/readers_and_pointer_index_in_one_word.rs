// keeps all: one word holds which of the versions is current and how many requests have come to it; each version counts who has left

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{
        AtomicU64,
        Ordering::{AcqRel, Acquire, Relaxed},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    /// The number of the current version above 32 bits; below, how many requests came to it.
    current: AtomicU64,
    versions: Mutex<Vec<Box<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let number = {
            let mut versions = self.versions.lock().unwrap();
            versions.push(Box::new(weights));
            versions.len() as u64
        };
        self.current.swap(number << 32, AcqRel);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let number = self.current.load(Acquire) >> 32;
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        let weights: *const Weights = &raw const *self.versions.lock().unwrap()[index];
        self.served.fetch_add(1, Relaxed);
        // SAFETY: a box stays where it is until the slot goes.
        Some(read(unsafe { &*weights }))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
