// keeps all: the count is spread over four atomics, in turn, and `served` adds them

// ANCHOR: uses
use crate::sync::{
    Arc, RwLock,
    atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: RwLock<Option<Arc<Weights>>>,
    turn: AtomicUsize,
    served: [AtomicU64; 4],
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
        self.served[self.turn.fetch_add(1, Relaxed) % 4].fetch_add(1, Relaxed);
        Some(read(&mine))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.served.iter().map(|shard| shard.load(Relaxed)).sum()
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
