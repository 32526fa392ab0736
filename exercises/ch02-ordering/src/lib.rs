//! The slot from which every request thread takes the weights of the model that is served.
//! `README.md` says what it promises.

// ANCHOR: uses
use crate::sync::UnsafeCell;
use crate::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
// ANCHOR_END: uses

mod sync;
mod weights;

pub use weights::Weights;

#[cfg(test)]
mod check;

/// Where the loader thread puts a model's weights and request threads find them.
// ANCHOR: slot
#[derive(Debug, Default)]
pub struct ModelSlot {
    /// Says that `weights` may be read.
    ready: AtomicBool,
    weights: UnsafeCell<Option<Weights>>,
    /// For the metrics page only: nothing is decided by it.
    served: AtomicU64,
}

// SAFETY: `weights` is written by the one loader thread, and read only while `ready` is set.
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
        self.ready.store(false, Relaxed);
        // SAFETY: `ready` is not set, so that no request reads.
        self.weights
            .with_mut(|slot| unsafe { *slot = Some(weights) });
        self.ready.store(true, Relaxed);
    }
    // ANCHOR_END: publish

    /// Calls `read` with the weights that were published last, or returns `None` if none ever were.
    ///
    /// Called by any number of request threads at once. During a hot swap a request gets the old or the
    /// new version, whole, and never an older one than a request that ended before it started.
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        if !self.ready.load(Relaxed) {
            return None;
        }
        self.served.fetch_add(1, Relaxed);
        // SAFETY: `ready` is set, so that the weights are there.
        self.weights
            .with(|slot| unsafe { (*slot).as_ref() }.map(read))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    /// How many requests have got weights.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Relaxed)
    }
    // ANCHOR_END: served
}
