// keeps all: the pointer is read by `fetch_or`-like operations: a compare-exchange of null with null

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{AcqRel, Acquire, Relaxed, Release},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let nothing = std::ptr::null_mut();
        let (Ok(version) | Err(version)) = self
            .current
            .compare_exchange(nothing, nothing, AcqRel, Acquire);
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { version.as_ref() }?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
