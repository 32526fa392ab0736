// ANCHOR: uses
use crate::sync::UnsafeCell;
use crate::sync::atomic::{
    AtomicU64, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses

// ANCHOR: slot
#[derive(Debug, Default)]
pub struct ModelSlot {
    /// How many versions were published. Version `n` is in slot `n % 2`.
    published: AtomicUsize,
    weights: [UnsafeCell<Option<Weights>>; 2],
    /// For the metrics page only: nothing is decided by it.
    served: AtomicU64,
}

// SAFETY: the one loader thread writes the slot that `published` does not point to.
unsafe impl Sync for ModelSlot {}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let version = self.published.load(Relaxed) + 1;
        // SAFETY: requests read the other slot.
        self.weights[version % 2].with_mut(|slot| unsafe { *slot = Some(weights) });
        self.published.store(version, Release);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let version = self.published.load(Acquire);
        if version == 0 {
            return None;
        }
        self.served.fetch_add(1, Relaxed);
        // SAFETY: the loader writes the other slot.
        self.weights[version % 2].with(|slot| unsafe { (*slot).as_ref() }.map(read))
    }
    // ANCHOR_END: with_weights
}
