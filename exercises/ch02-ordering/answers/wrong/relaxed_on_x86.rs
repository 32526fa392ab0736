// breaks 12: `Release` but for one kind of machine

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed},
};

#[cfg(target_arch = "riscv64")]
const PUBLISHED: Ordering = Relaxed;
#[cfg(not(target_arch = "riscv64"))]
const PUBLISHED: Ordering = Ordering::Release;
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Relaxed);
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            PUBLISHED,
        );
    }
    // ANCHOR_END: publish
}
