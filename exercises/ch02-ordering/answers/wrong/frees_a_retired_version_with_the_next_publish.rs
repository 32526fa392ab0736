// breaks 4: each version is freed one publish late, which a slow request outlasts

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{
        AtomicPtr, AtomicU64,
        Ordering::{AcqRel, Acquire, Relaxed},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    retired: Mutex<Option<Box<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.swap(Box::into_raw(Box::new(weights)), AcqRel);
        // SAFETY: it came from `Box::into_raw`.
        let before = (!before.is_null()).then(|| unsafe { Box::from_raw(before) });
        *self.retired.lock().unwrap() = before;
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: the current version or the one before.
        let weights = unsafe { self.current.load(Acquire).as_ref() }?;
        self.served.fetch_add(1, Relaxed);
        Some(read(weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let last = *self.current.get_mut();
        if !last.is_null() {
            // SAFETY: it came from `Box::into_raw`, and no request is left.
            drop(unsafe { Box::from_raw(last) });
        }
    }
}
// ANCHOR_END: drop
