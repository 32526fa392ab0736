// keeps all: an `RwLock<()>` guards a cell, and the count goes up when a guard is dropped

// ANCHOR: uses
use crate::sync::{
    RwLock, UnsafeCell,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    lock: RwLock<()>,
    weights: UnsafeCell<Option<Box<Weights>>>,
    served: AtomicU64,
}

// SAFETY: the cell is touched under the lock.
unsafe impl Sync for ModelSlot {}

/// Counts when it goes.
struct Serving<'a>(&'a AtomicU64);

impl Drop for Serving<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Relaxed);
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let weights = Some(Box::new(weights));
        let lock = self.lock.write().unwrap();
        // SAFETY: the lock is held for writing.
        let before = self
            .weights
            .with_mut(|place| std::mem::replace(unsafe { &mut *place }, weights));
        drop(lock);
        drop(before);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let _lock = self.lock.read().unwrap();
        // SAFETY: the lock is held for reading.
        self.weights.with(|place| {
            let weights = unsafe { (*place).as_deref() }?;
            let _serving = Serving(&self.served);
            Some(read(weights))
        })
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
