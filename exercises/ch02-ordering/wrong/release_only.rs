// ANCHOR: uses
use crate::sync::UnsafeCell;
use crate::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{Relaxed, Release},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.ready.store(false, Release);
        // SAFETY: `ready` is not set, so that no request reads.
        self.weights
            .with_mut(|slot| unsafe { *slot = Some(weights) });
        self.ready.store(true, Release);
    }
    // ANCHOR_END: publish
}
