// breaks 6: a request that gets `None` returns without unlocking

// ANCHOR: uses
use crate::sync::{
    UnsafeCell,
    atomic::{AtomicBool, AtomicU64, Ordering::*},
    hint::spin_loop,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    locked: AtomicBool,
    weights: UnsafeCell<Option<Weights>>,
    served: AtomicU64,
}

// SAFETY: touched under `locked`.
unsafe impl Sync for ModelSlot {}

impl ModelSlot {
    fn lock(&self) {
        while self.locked.swap(true, Acquire) {
            spin_loop();
        }
    }
    fn unlock(&self) {
        self.locked.store(false, Release);
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.lock();
        // SAFETY: under the lock.
        self.weights
            .with_mut(|place| unsafe { *place = Some(weights) });
        self.unlock();
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.lock();
        // SAFETY: under the lock.
        let result = self
            .weights
            .with(|place| unsafe { (*place).as_ref() }.map(read))?;
        self.unlock();
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
