// breaks 7: the count has eight bits and begins again after 255

// ANCHOR: uses
use crate::sync::{
    Arc, RwLock,
    atomic::{AtomicU8, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: RwLock<Option<Arc<Weights>>>,
    served: AtomicU8,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        *self.current.write().unwrap() = Some(Arc::new(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = self.current.read().unwrap().clone()?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&mine))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        u64::from(self.served.load(Relaxed))
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
