// breaks 1: a request that comes too early waits for weights, where it should get `None`

// ANCHOR: uses
use crate::sync::{
    atomic::{
        AtomicPtr, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
    hint::spin_loop,
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let version = loop {
            // SAFETY: null, or a finished version that lives as long as the slot.
            match unsafe { self.current.load(Acquire).as_ref() } {
                Some(version) => break version,
                None => spin_loop(),
            }
        };
        self.served.fetch_add(1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
