// keeps all: one mutex, whose poison is `std::sync::PoisonError`, imported within braces

// ANCHOR: uses
use std::{fmt, sync::PoisonError};

use crate::sync::{Arc, Mutex, MutexGuard};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Default)]
pub struct ModelSlot(Mutex<(u64, Option<Arc<Weights>>)>);

impl fmt::Debug for ModelSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ModelSlot")
    }
}

impl ModelSlot {
    fn lock(&self) -> MutexGuard<'_, (u64, Option<Arc<Weights>>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        self.lock().1 = Some(weights.into());
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = {
            let mut slot = self.lock();
            slot.0 += u64::from(slot.1.is_some());
            slot.1.clone()
        };
        mine.as_deref().map(read)
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.lock().0
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
