// breaks 2: a `publish` that has met requests a thousand times drops the new version

// ANCHOR: uses
use crate::sync::{
    UnsafeCell,
    atomic::{AtomicU32, AtomicU64, Ordering::*},
    hint::spin_loop,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Says that the loader is writing.
const LOADER: u32 = 1 << 31;

/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    state: AtomicU32,
    weights: UnsafeCell<Option<Weights>>,
    served: AtomicU64,
}

// SAFETY: written under `LOADER` alone.
unsafe impl Sync for ModelSlot {}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        for _ in 0..1_000 {
            if self
                .state
                .compare_exchange(0, LOADER, Acquire, Relaxed)
                .is_ok()
            {
                // SAFETY: no request is inside.
                self.weights
                    .with_mut(|place| unsafe { *place = Some(weights) });
                self.state.store(0, Release);
                return;
            }
            spin_loop();
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let enter = |state| (state & LOADER == 0).then_some(state + 1);
        while self.state.fetch_update(Acquire, Relaxed, enter).is_err() {
            spin_loop();
        }
        // SAFETY: counted in `state`, so that the loader stays out.
        let result = self
            .weights
            .with(|place| unsafe { (*place).as_ref() }.map(read));
        self.state.fetch_sub(1, Release);
        if result.is_some() {
            self.served.fetch_add(1, Relaxed);
        }
        result
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
