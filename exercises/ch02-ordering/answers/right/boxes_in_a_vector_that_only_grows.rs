// keeps all: a request takes the address of the last box under the lock, and reads without it

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    versions: Mutex<Vec<Box<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.versions.lock().unwrap().push(Box::new(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let last: *const Weights = &raw const **self.versions.lock().unwrap().last()?;
        self.served.fetch_add(1, Relaxed);
        // SAFETY: a box stays where it is until the slot goes.
        Some(read(unsafe { &*last }))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
