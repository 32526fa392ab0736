// keeps all: a request counts itself, and steps back and looks again while the loader waits.

// ANCHOR: uses
use crate::sync::atomic::AtomicBool;
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
    writing: AtomicBool,
    readers: AtomicUsize,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.writing.store(true, SeqCst);
        while self.readers.load(SeqCst) != 0 {
            thread::yield_now();
        }
        let before = self.current.swap(Box::into_raw(Box::new(weights)), SeqCst);
        self.writing.store(false, SeqCst);
        if !before.is_null() {
            // SAFETY: it came from `Box::into_raw`.
            drop(unsafe { Box::from_raw(before) });
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.readers.fetch_add(1, SeqCst);
        while self.writing.load(SeqCst) {
            self.readers.fetch_sub(1, SeqCst);
            thread::yield_now();
            self.readers.fetch_add(1, SeqCst);
        }
        // SAFETY: counted, so that the loader waits.
        let result = unsafe { self.current.load(SeqCst).as_ref() }.map(read);
        self.readers.fetch_sub(1, SeqCst);
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
