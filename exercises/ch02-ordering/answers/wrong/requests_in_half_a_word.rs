// breaks 8: requests are counted in 16 bits of a word, and their carry reaches the other half.

// ANCHOR: uses
use crate::sync::{
    atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering::*},
    thread,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    readers: AtomicUsize,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.swap(Box::into_raw(Box::new(weights)), SeqCst);
        while {
            let w = self.readers.load(SeqCst);
            (w >> 16) != (w & 0xffff)
        } {
            thread::yield_now();
        }
        if !before.is_null() {
            // SAFETY: it came from `Box::into_raw`.
            drop(unsafe { Box::from_raw(before) });
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.readers.fetch_add(1, SeqCst);
        // SAFETY: counted, so that the loader waits.
        let result = unsafe { self.current.load(SeqCst).as_ref() }.map(read);
        self.readers.fetch_add(1 << 16, SeqCst);
        if result.is_some() {
            self.served.fetch_add(1, Relaxed);
        }
        result
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
