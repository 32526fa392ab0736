// keeps all: each call takes a ticket and waits for its turn

// ANCHOR: uses
use crate::sync::{
    UnsafeCell,
    atomic::{
        AtomicU64, AtomicUsize,
        Ordering::{Acquire, Relaxed, Release},
    },
    thread,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    tickets: AtomicUsize,
    turn: AtomicUsize,
    weights: UnsafeCell<Option<Weights>>,
    served: AtomicU64,
}

// SAFETY: `weights` is touched in turn.
unsafe impl Sync for ModelSlot {}

impl ModelSlot {
    fn in_turn<T>(&self, work: impl FnOnce() -> T) -> T {
        let ticket = self.tickets.fetch_add(1, Relaxed);
        while self.turn.load(Acquire) != ticket {
            thread::yield_now();
        }
        let result = work();
        self.turn.store(ticket + 1, Release);
        result
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        // SAFETY: in turn.
        self.in_turn(|| {
            self.weights
                .with_mut(|place| unsafe { *place = Some(weights) })
        });
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: in turn.
        let result = self.in_turn(|| {
            self.weights
                .with(|place| unsafe { (*place).as_ref() }.map(read))
        })?;
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
