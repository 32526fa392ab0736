// breaks 4: whoever first sees the new version frees the one before, though others may read it

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{AcqRel, Acquire, Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    old: AtomicPtr<Weights>,
    served: AtomicU64,
}

fn free(weights: *mut Weights) {
    if !weights.is_null() {
        // SAFETY: it came from `Box::into_raw`.
        drop(unsafe { Box::from_raw(weights) });
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.swap(Box::into_raw(Box::new(weights)), AcqRel);
        free(self.old.swap(before, AcqRel));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: the current version.
        let weights = unsafe { self.current.load(Acquire).as_ref() }?;
        free(self.old.swap(std::ptr::null_mut(), AcqRel));
        self.served.fetch_add(1, Relaxed);
        Some(read(weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        free(*self.current.get_mut());
        free(*self.old.get_mut());
    }
}
// ANCHOR_END: drop
