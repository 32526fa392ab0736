//! The slot from which every request thread takes the weights of the model that is served.
//! `README.md` of the exercise says what it promises.

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses

#[path = "../../../exercises/ch02-ordering/src/sync.rs"]
mod sync;
#[path = "../../../exercises/ch02-ordering/src/weights.rs"]
mod weights;

pub use weights::Weights;

#[cfg(test)]
#[path = "../../../exercises/ch02-ordering/src/check.rs"]
mod check;

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    /// Data and flag in one: null says that nothing was published yet.
    current: AtomicPtr<Version>,
    /// For the metrics page only: nothing is decided by it.
    served: AtomicU64,
}

/// A published version. It stays as it is and where it is until the slot goes: a request may be reading.
#[derive(Debug)]
struct Version {
    weights: Weights,
    /// The one that this one replaced, or null. Only the slot's `drop` follows it.
    before: *mut Version,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: new
    /// A slot that nothing was published to.
    #[must_use]
    pub fn new() -> ModelSlot {
        ModelSlot::default()
    }
    // ANCHOR_END: new

    /// Makes `weights` the ones that requests get from now on.
    ///
    /// Called by the one loader thread: once at the start, and again for each hot swap, as often as
    /// there is a new version. Requests that run meanwhile finish with the weights that they have.
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        // Relaxed: only this thread publishes, and it knows what it stored last.
        let before = self.current.load(Relaxed);
        let version = Box::into_raw(Box::new(Version { weights, before }));
        // Release: all of the above happens before ... (see `with_weights`)
        self.current.store(version, Release);
    }
    // ANCHOR_END: publish

    /// Calls `read` with the weights that were published last, or returns `None` if none ever were.
    ///
    /// Called by any number of request threads at once. During a hot swap a request gets the old or the
    /// new version, whole, and never an older one than a request that ended before it started.
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // Acquire: ... all of the below, if this load sees that store.
        let version = self.current.load(Acquire);
        // SAFETY: null, or a version that `publish` finished before it stored the pointer. Nobody
        // changes or frees one while the slot lives, and `&self` keeps the slot alive.
        let version = unsafe { version.as_ref() }?;
        // Relaxed: a count says nothing of other memory.
        self.served.fetch_add(1, Relaxed);
        Some(read(&version.weights))
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

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let mut next = *self.current.get_mut();
        while !next.is_null() {
            // SAFETY: it came from `Box::into_raw`, each is in the list once, and `&mut self` says that
            // no request is left.
            let version = unsafe { Box::from_raw(next) };
            next = version.before;
        }
    }
}
// ANCHOR_END: drop
