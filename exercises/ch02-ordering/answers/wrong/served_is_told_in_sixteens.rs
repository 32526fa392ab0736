// breaks 7: the count is brought up to date with every sixteenth request

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
// ANCHOR_END: uses

impl ModelSlot {
    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.served.load(Relaxed) / 16 * 16
    }
    // ANCHOR_END: served
}
