// keeps all: a local `Cell` carries the answer out of the closure, and a local name is `std::thread::Result`

// ANCHOR: uses
use std::cell::Cell;
use std::thread::Result as Outcome;

use crate::sync::{
    Arc, RwLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: RwLock<Option<Arc<Weights>>>,
    served: AtomicU64,
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
        let found: Outcome<Arc<Weights>> = self
            .current
            .read()
            .unwrap()
            .clone()
            .ok_or_else(|| Box::new(()) as _);
        let answer = Cell::new(None);
        found.map(|weights| answer.set(Some(read(&weights)))).ok()?;
        self.served.fetch_add(1, Relaxed);
        answer.into_inner()
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
