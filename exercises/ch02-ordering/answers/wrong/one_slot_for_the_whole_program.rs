// breaks 10: the versions are in a static, so that each slot shows what another one was given

// ANCHOR: uses
use std::sync::{Mutex, PoisonError};

use crate::sync::atomic::{AtomicU64, Ordering::Relaxed};

static CURRENT: Mutex<Option<std::sync::Arc<Weights>>> = Mutex::new(None);
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    served: AtomicU64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(std::sync::Arc::new(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = CURRENT
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&mine))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
