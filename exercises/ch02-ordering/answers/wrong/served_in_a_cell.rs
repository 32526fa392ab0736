// breaks 7, 11: the count is a plain `Cell` that all threads write

// ANCHOR: uses
use std::cell::Cell;

use crate::sync::atomic::{
    AtomicPtr,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Version>,
    served: Cell<u64>,
}

// SAFETY: it is only a count.
unsafe impl Sync for ModelSlot {}

#[derive(Debug)]
struct Version {
    weights: Weights,
    before: *mut Version,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Acquire).as_ref() }?;
        self.served.set(self.served.get() + 1);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.served.get()
    }
    // ANCHOR_END: served
}
