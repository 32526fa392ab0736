// keeps all: the solution with SeqCst everywhere

// ANCHOR: uses
use crate::sync::atomic::{AtomicPtr, AtomicU64, Ordering::SeqCst};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(SeqCst);
        self.current
            .store(Box::into_raw(Box::new(Version { weights, before })), SeqCst);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(SeqCst).as_ref() }?;
        self.served.fetch_add(1, SeqCst);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.served.load(SeqCst)
    }
    // ANCHOR_END: served
}
