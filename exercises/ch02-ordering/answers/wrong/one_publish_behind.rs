// breaks 2: the new version waits until the next `publish` brings it in, but for the first one

// ANCHOR: uses
use crate::sync::{
    Arc, Mutex, RwLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: RwLock<Option<Arc<Weights>>>,
    next: Mutex<Option<Weights>>,
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut current = self.current.write().unwrap();
        if current.is_none() {
            *current = Some(Arc::new(weights));
            return;
        }
        if let Some(before) = self.next.lock().unwrap().replace(weights) {
            *current = Some(Arc::new(before));
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = self.current.read().unwrap().clone()?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&mine))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
