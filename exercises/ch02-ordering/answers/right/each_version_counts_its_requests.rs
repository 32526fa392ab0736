// keeps all: a version carries its own count, and the drop of none is needed for the sum

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
    before: AtomicU64,
}

#[derive(Debug)]
struct Version {
    weights: Weights,
    served: AtomicU64,
}

impl ModelSlot {
    fn current(&self) -> Option<Arc<Version>> {
        self.current.lock().unwrap().clone()
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let version = Version {
            weights,
            served: AtomicU64::new(0),
        };
        let mut current = self.current.lock().unwrap();
        if let Some(old) = current.as_ref() {
            self.before.fetch_add(old.served.load(Relaxed), Relaxed);
        }
        *current = Some(Arc::new(version));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let version = {
            let current = self.current.lock().unwrap();
            let version = current.clone()?;
            version.served.fetch_add(1, Relaxed);
            version
        };
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        let current = self.current.lock().unwrap();
        self.before.load(Relaxed)
            + current
                .as_ref()
                .map_or(0, |version| version.served.load(Relaxed))
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
