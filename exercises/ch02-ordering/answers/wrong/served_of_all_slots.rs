// breaks 10: one counter for all slots of the program

// ANCHOR: uses
use std::sync::atomic::AtomicU64;

use crate::sync::atomic::{
    AtomicPtr,
    Ordering::{Acquire, Relaxed, Release},
};

static SERVED: AtomicU64 = AtomicU64::new(0);
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Version>,
}

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
        SERVED.fetch_add(1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        SERVED.load(Relaxed)
    }
    // ANCHOR_END: served
}
