// keeps all: the pointer is exchanged in a loop, as for several loaders

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{AcqRel, Acquire, Relaxed},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let version = Box::into_raw(Box::new(Version {
            weights,
            before: std::ptr::null_mut(),
        }));
        let mut before = self.current.load(Acquire);
        loop {
            // SAFETY: nobody else has it yet.
            unsafe { (*version).before = before };
            match self
                .current
                .compare_exchange_weak(before, version, AcqRel, Acquire)
            {
                Ok(_) => break,
                Err(now) => before = now,
            }
        }
    }
    // ANCHOR_END: publish
}
