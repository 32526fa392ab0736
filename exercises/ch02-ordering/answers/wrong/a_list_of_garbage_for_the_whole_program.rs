// breaks 9: old versions go to a static list that nobody empties

// ANCHOR: uses
use std::sync::Mutex;

use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};

static GARBAGE: Mutex<Vec<Box<Version>>> = Mutex::new(Vec::new());

// SAFETY: garbage is never read.
unsafe impl Send for Version {}
// ANCHOR_END: uses

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let mut next = *self.current.get_mut();
        while !next.is_null() {
            // SAFETY: it came from `Box::into_raw`.
            let version = unsafe { Box::from_raw(next) };
            next = version.before;
            GARBAGE.lock().unwrap().push(version);
        }
    }
}
// ANCHOR_END: drop
