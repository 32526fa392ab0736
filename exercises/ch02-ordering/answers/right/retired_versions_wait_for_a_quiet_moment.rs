// keeps all: `publish` waits for nobody: it frees what is retired when it meets no request, and leaves the rest to the drop

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{
        AtomicPtr, AtomicU64, AtomicUsize,
        Ordering::{Relaxed, SeqCst},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    readers: AtomicUsize,
    retired: Mutex<Vec<Retired>>,
    served: AtomicU64,
}

/// A box that a request may still be reading.
#[derive(Debug)]
struct Retired(*mut Weights);

// SAFETY: whoever drops it is the last one who has it.
unsafe impl Send for Retired {}

impl Drop for Retired {
    fn drop(&mut self) {
        // SAFETY: it came from `Box::into_raw`.
        drop(unsafe { Box::from_raw(self.0) });
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self.current.swap(Box::into_raw(Box::new(weights)), SeqCst);
        let mut retired = self.retired.lock().unwrap();
        if !old.is_null() {
            retired.push(Retired(old));
        }
        if self.readers.load(SeqCst) == 0 {
            retired.clear();
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.readers.fetch_add(1, SeqCst);
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
