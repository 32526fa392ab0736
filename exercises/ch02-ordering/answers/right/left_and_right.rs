// keeps all: two places with a count of readers each: the loader writes to the one that it emptied

// ANCHOR: uses
use crate::sync::{
    UnsafeCell,
    atomic::{AtomicU64, AtomicUsize, Ordering::*},
    hint::spin_loop,
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    sides: [Side; 2],
    published: AtomicUsize,
    served: AtomicU64,
}

#[derive(Debug, Default)]
struct Side {
    readers: AtomicUsize,
    weights: UnsafeCell<Option<Weights>>,
}

// SAFETY: a side is written while it is not the current one and nobody is counted in it.
unsafe impl Sync for ModelSlot {}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let next = self.published.load(Relaxed) + 1;
        let side = &self.sides[next % 2];
        while side.readers.load(SeqCst) != 0 {
            spin_loop();
        }
        // SAFETY: nobody reads this side: whoever counts itself now looks again and leaves.
        side.weights
            .with_mut(|place| unsafe { *place = Some(weights) });
        self.published.store(next, SeqCst);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let side = loop {
            let published = self.published.load(SeqCst);
            if published == 0 {
                return None;
            }
            let side = &self.sides[published % 2];
            side.readers.fetch_add(1, SeqCst);
            if self.published.load(SeqCst) == published {
                break side;
            }
            side.readers.fetch_sub(1, SeqCst);
            spin_loop();
        };
        // SAFETY: counted, and still the current side when it was.
        let result = side
            .weights
            .with(|place| unsafe { (*place).as_ref() }.map(read));
        side.readers.fetch_sub(1, SeqCst);
        self.served.fetch_add(1, Relaxed);
        result
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
