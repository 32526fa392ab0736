// keeps all: the pointer is read and its count raised under a spin lock

// ANCHOR: uses
use crate::sync::{
    Arc,
    atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering::*},
    hint,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    locked: AtomicBool,
    current: AtomicPtr<Weights>,
    served: AtomicU64,
}

impl ModelSlot {
    fn locked<T>(&self, work: impl FnOnce(&AtomicPtr<Weights>) -> T) -> T {
        while self
            .locked
            .compare_exchange_weak(false, true, Acquire, Relaxed)
            .is_err()
        {
            hint::spin_loop();
        }
        let result = work(&self.current);
        self.locked.store(false, Release);
        result
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let new = Arc::into_raw(Arc::new(weights)).cast_mut();
        let old = self.locked(|current| current.swap(new, Relaxed));
        if !old.is_null() {
            // SAFETY: it came from `Arc::into_raw`.
            drop(unsafe { Arc::from_raw(old) });
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = self.locked(|current| {
            let pointer = current.load(Relaxed);
            (!pointer.is_null()).then(|| {
                // SAFETY: the lock keeps the slot's own count.
                unsafe {
                    Arc::increment_strong_count(pointer);
                    Arc::from_raw(pointer)
                }
            })
        })?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&mine))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let last = *self.current.get_mut();
        if !last.is_null() {
            // SAFETY: it came from `Arc::into_raw`.
            drop(unsafe { Arc::from_raw(last) });
        }
    }
}
// ANCHOR_END: drop
