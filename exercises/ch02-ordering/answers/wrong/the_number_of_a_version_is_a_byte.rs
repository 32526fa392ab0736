// breaks 8: versions are found by a number of eight bits: after 256 of them the first one is back

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{
        AtomicU8, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    versions: Mutex<Vec<Box<Weights>>>,
    last: AtomicU8,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut versions = self.versions.lock().unwrap();
        versions.push(Box::new(weights));
        self.last.store((versions.len() - 1) as u8, Release);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let last = self.last.load(Acquire);
        let weights: *const Weights =
            &raw const **self.versions.lock().unwrap().get(usize::from(last))?;
        self.served.fetch_add(1, Relaxed);
        // SAFETY: a box stays where it is until the slot goes.
        Some(read(unsafe { &*weights }))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
