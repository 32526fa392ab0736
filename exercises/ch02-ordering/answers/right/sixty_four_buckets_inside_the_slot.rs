// keeps all: places in 64 buckets that double, whose heads are fields of the slot itself: any number of versions

// ANCHOR: uses
use std::array::from_fn;

use crate::sync::{
    OnceLock,
    atomic::{
        AtomicU64, AtomicUsize,
        Ordering::{Acquire, Relaxed, Release},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug)]
pub struct ModelSlot {
    buckets: [OnceLock<Vec<OnceLock<Weights>>>; 64],
    published: AtomicUsize,
    served: AtomicU64,
}

impl ModelSlot {
    /// The place of version `number`, counted from 1.
    fn place(&self, number: usize) -> &OnceLock<Weights> {
        let bucket = number.ilog2();
        let places = self.buckets[bucket as usize]
            .get_or_init(|| (0..1_usize << bucket).map(|_| OnceLock::new()).collect());
        &places[number - (1 << bucket)]
    }
}

impl Default for ModelSlot {
    fn default() -> ModelSlot {
        ModelSlot {
            buckets: from_fn(|_| OnceLock::new()),
            published: AtomicUsize::new(0),
            served: AtomicU64::new(0),
        }
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let number = self.published.load(Relaxed) + 1;
        assert!(
            self.place(number).set(weights).is_ok(),
            "there is one loader"
        );
        self.published.store(number, Release);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let number = self.published.load(Acquire);
        if number == 0 {
            return None;
        }
        self.served.fetch_add(1, Relaxed);
        self.place(number).get().map(read)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
