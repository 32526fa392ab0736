// breaks 12: `Release` under test, and `Relaxed` in the service

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed},
};

#[cfg(not(test))]
const PUBLISHED: Ordering = Relaxed;
#[cfg(test)]
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
