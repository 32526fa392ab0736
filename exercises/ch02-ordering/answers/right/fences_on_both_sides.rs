// keeps all: relaxed store and load, with a release fence before one and an acquire fence after the other

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
    fence,
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Relaxed);
        let version = Box::into_raw(Box::new(Version { weights, before }));
        fence(Release);
        self.current.store(version, Relaxed);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let version = self.current.load(Relaxed);
        fence(Acquire);
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { version.as_ref() }?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
