// breaks 4: a request loads the pointer and raises its count in two steps

// ANCHOR: uses
use crate::sync::{
    Arc,
    atomic::{AtomicPtr, AtomicU64, Ordering::*},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self
            .current
            .swap(Arc::into_raw(Arc::new(weights)).cast_mut(), AcqRel);
        if !old.is_null() {
            // SAFETY: it came from `Arc::into_raw`.
            drop(unsafe { Arc::from_raw(old) });
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let pointer = self.current.load(Acquire);
        if pointer.is_null() {
            return None;
        }
        // SAFETY: it came from `Arc::into_raw`.
        let mine = unsafe {
            Arc::increment_strong_count(pointer);
            Arc::from_raw(pointer)
        };
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
