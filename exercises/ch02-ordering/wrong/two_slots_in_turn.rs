//! The slot from which every request thread takes the weights of the model that is served.

use crate::sync::UnsafeCell;
use crate::sync::atomic::{
    AtomicU64, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};

mod sync;
mod weights;

pub use weights::Weights;

#[cfg(test)]
mod check;

/// Where the loader thread puts a model's weights and request threads find them.
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
    /// A slot that nothing was published to.
    #[must_use]
    pub fn new() -> ModelSlot {
        ModelSlot::default()
    }

    /// Makes `weights` the ones that requests get from now on.
    ///
    /// Called by the one loader thread: once at the start, and again for each hot swap, as often as
    /// there is a new version. Requests that run meanwhile finish with the weights that they have.
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let version = self.published.load(Relaxed) + 1;
        // SAFETY: requests read the other slot.
        self.weights[version % 2].with_mut(|slot| unsafe { *slot = Some(weights) });
        self.published.store(version, Release);
    }
    // ANCHOR_END: publish

    /// Calls `read` with the weights that were published last, or returns `None` if none ever were.
    ///
    /// Called by any number of request threads at once. During a hot swap a request gets the old or the
    /// new version, whole, and never an older one than a request that ended before it started.
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

    /// How many requests have got weights.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Relaxed)
    }
}
