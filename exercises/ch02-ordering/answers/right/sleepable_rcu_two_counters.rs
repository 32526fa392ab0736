// keeps all: readers count themselves under one of two epochs, and the loader waits until each has been empty once

// ANCHOR: uses
use crate::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering::*, fence};
use crate::sync::thread::yield_now;
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    epoch: AtomicUsize,
    inside: [AtomicUsize; 2],
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self.current.swap(Box::into_raw(Box::new(weights)), AcqRel);
        if old.is_null() {
            return;
        }
        // Twice: a request may have looked at the epoch before a flip and count itself after it.
        for _ in 0..2 {
            fence(SeqCst);
            let epoch = self.epoch.fetch_add(1, AcqRel) % 2;
            fence(SeqCst);
            while self.inside[epoch].load(Acquire) != 0 {
                yield_now();
            }
        }
        // SAFETY: no request has it any more.
        drop(unsafe { Box::from_raw(old) });
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let inside = &self.inside[self.epoch.load(Relaxed) % 2];
        inside.fetch_add(1, Relaxed);
        fence(SeqCst);
        // SAFETY: counted, so that the loader waits.
        let result = unsafe { self.current.load(Acquire).as_ref() }.map(read);
        inside.fetch_sub(1, Release);
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
