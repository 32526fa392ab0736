// breaks 7, 11: two requests that end together count as one, in an atomic that no check sees

// ANCHOR: uses
use std::sync::atomic::AtomicU64;

use crate::sync::atomic::{
    AtomicPtr,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Acquire).as_ref() }?;
        self.served.store(self.served.load(Relaxed) + 1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
