// breaks 3: the pointer is loaded with Acquire, but stored with Relaxed

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{Acquire, Relaxed},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Relaxed);
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            Relaxed,
        );
    }
    // ANCHOR_END: publish
}
