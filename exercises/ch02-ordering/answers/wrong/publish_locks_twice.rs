// breaks 6: a `publish` takes the lock twice

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
        let mut current = self.current.lock().unwrap();
        if self.current.lock().unwrap().is_some() {
            *current = None;
        }
        *current = Some(Arc::new(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let weights = self.current.lock().unwrap().clone()?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
