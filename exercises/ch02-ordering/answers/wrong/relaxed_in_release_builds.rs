// breaks 12: `Release` in debug builds, and `Relaxed` in release builds

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed},
};

#[cfg(not(debug_assertions))]
const PUBLISHED: Ordering = Relaxed;
#[cfg(debug_assertions)]
const PUBLISHED: Ordering = Ordering::Release;
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Relaxed);
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            PUBLISHED,
        );
    }
    // ANCHOR_END: publish
}
