// keeps all: a persistent list: each `Arc` keeps the version before it, until nobody has a newer one

// ANCHOR: uses
use crate::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: Mutex<Option<Arc<Version>>>,
    served: AtomicU64,
}

#[derive(Debug)]
struct Version {
    weights: Weights,
    _before: Option<Arc<Version>>,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut current = self.current.lock().unwrap();
        let _before = current.take();
        *current = Some(Arc::new(Version { weights, _before }));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = self.current.lock().unwrap().clone()?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&mine.weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
