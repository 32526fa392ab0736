// ANCHOR: uses
use crate::sync::UnsafeCell;
use crate::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{Relaxed, Release},
    fence,
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.ready.store(false, Relaxed);
        // SAFETY: `ready` is not set, so that no request reads.
        self.weights
            .with_mut(|slot| unsafe { *slot = Some(weights) });
        // Everything above reaches the other cores before `ready` does.
        fence(Release);
        self.ready.store(true, Relaxed);
    }
    // ANCHOR_END: publish
}
