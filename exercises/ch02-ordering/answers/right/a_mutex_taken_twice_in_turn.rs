// keeps all: `publish` makes room under the lock, lets go of it, and drops the old weights without it

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
        drop(self.current.lock().unwrap());
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = self.current.lock().unwrap().clone()?;
        let result = read(&mine);
        drop(mine);
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
