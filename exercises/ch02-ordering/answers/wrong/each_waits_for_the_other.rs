// breaks 6: a request counts itself, then waits while the loader publishes, which waits until nobody is counted

// ANCHOR: uses
use crate::sync::{
    UnsafeCell,
    atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::*},
    hint::spin_loop,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    publishing: AtomicBool,
    readers: AtomicUsize,
    weights: UnsafeCell<Option<Weights>>,
    served: AtomicU64,
}

// SAFETY: written while nobody is counted.
unsafe impl Sync for ModelSlot {}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.publishing.store(true, SeqCst);
        while self.readers.load(SeqCst) != 0 {
            spin_loop();
        }
        // SAFETY: nobody is counted.
        self.weights
            .with_mut(|place| unsafe { *place = Some(weights) });
        self.publishing.store(false, SeqCst);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.readers.fetch_add(1, SeqCst);
        while self.publishing.load(SeqCst) {
            spin_loop();
        }
        // SAFETY: counted.
        let result = self
            .weights
            .with(|place| unsafe { (*place).as_ref() }.map(read));
        self.readers.fetch_sub(1, SeqCst);
        if result.is_some() {
            self.served.fetch_add(1, Relaxed);
        }
        result
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
