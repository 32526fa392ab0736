// breaks 4: a request clones the `Arc` into a raw pointer, lets go of its count, and reads then

// ANCHOR: uses
use crate::sync::atomic::{AtomicU64, Ordering::Relaxed};
use crate::sync::{Arc, Mutex};
// ANCHOR_END: uses

// ANCHOR: slot
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: Mutex<Option<Arc<Weights>>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self.current.lock().unwrap().replace(Arc::new(weights));
        drop(old);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = self.current.lock().unwrap().clone()?;
        let address: *const Weights = &*mine;
        drop(mine);
        self.served.fetch_add(1, Relaxed);
        // SAFETY: none: the last owner may be gone.
        Some(read(unsafe { &*address }))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
