// ANCHOR: uses
use crate::sync::UnsafeCell;
use crate::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{Relaxed, SeqCst},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.ready.store(true, SeqCst);
        // SAFETY: only the loader writes.
        self.weights
            .with_mut(|slot| unsafe { *slot = Some(weights) });
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        if !self.ready.load(SeqCst) {
            return None;
        }
        self.served.fetch_add(1, Relaxed);
        // SAFETY: `ready` is set, so that the weights are there.
        self.weights
            .with(|slot| unsafe { (*slot).as_ref() }.map(read))
    }
    // ANCHOR_END: with_weights
}
