// breaks 6, 8: when a thousand versions are kept, `publish` waits for room that nobody makes

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering::Relaxed},
    hint::spin_loop,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    versions: Mutex<Vec<Box<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        while self.versions.lock().unwrap().len() >= 1_000 {
            spin_loop();
        }
        self.versions.lock().unwrap().push(Box::new(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let last: *const Weights = &raw const **self.versions.lock().unwrap().last()?;
        self.served.fetch_add(1, Relaxed);
        // SAFETY: a box stays where it is until the slot goes.
        Some(read(unsafe { &*last }))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
