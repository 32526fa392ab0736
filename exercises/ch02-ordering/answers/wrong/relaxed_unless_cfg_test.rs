// breaks 12: an `if cfg!(test)` chooses the ordering

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Relaxed);
        let ordering = if cfg!(test) {
            Ordering::Release
        } else {
            Relaxed
        };
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            ordering,
        );
    }
    // ANCHOR_END: publish
}
