// breaks 8: hazard pointers with room for 128 requests at once: one more panics

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{
        AtomicPtr, AtomicU64,
        Ordering::{Relaxed, SeqCst},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    reads: Vec<AtomicPtr<Weights>>,
    retired: Mutex<Vec<usize>>,
    served: AtomicU64,
}

/// Says that a place is taken, and nothing read yet.
fn taken() -> *mut Weights {
    std::ptr::dangling_mut()
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: new
    /// A slot that nothing was published to.
    #[must_use]
    pub fn new() -> ModelSlot {
        let mut slot = ModelSlot::default();
        slot.reads = (0..128).map(|_| AtomicPtr::default()).collect();
        slot
    }
    // ANCHOR_END: new

    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let old = self.current.swap(Box::into_raw(Box::new(weights)), SeqCst);
        let mut retired = self.retired.lock().unwrap();
        if !old.is_null() {
            retired.push(old.expose_provenance());
        }
        retired.retain(|&version| {
            let version = std::ptr::with_exposed_provenance_mut(version);
            let read = self.reads.iter().any(|place| place.load(SeqCst) == version);
            if !read {
                // SAFETY: no request announces it, and none can find it any more.
                drop(unsafe { Box::from_raw(version) });
            }
            read
        });
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let free = |place: &&AtomicPtr<Weights>| {
            place
                .compare_exchange(std::ptr::null_mut(), taken(), SeqCst, Relaxed)
                .is_ok()
        };
        let place = self.reads.iter().find(free).expect("a free place");
        let mut version = self.current.load(SeqCst);
        loop {
            place.store(if version.is_null() { taken() } else { version }, SeqCst);
            let now = self.current.load(SeqCst);
            if now == version {
                break;
            }
            version = now;
        }
        // SAFETY: announced while it was the current one.
        let result = unsafe { version.as_ref() }.map(read);
        place.store(std::ptr::null_mut(), SeqCst);
        if result.is_some() {
            self.served.fetch_add(1, Relaxed);
        }
        result
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let retired = self
            .retired
            .get_mut()
            .unwrap()
            .drain(..)
            .map(std::ptr::with_exposed_provenance_mut);
        for version in retired.chain([*self.current.get_mut()]) {
            if !version.is_null() {
                // SAFETY: it came from `Box::into_raw`, and no request is left.
                drop(unsafe { Box::from_raw(version) });
            }
        }
    }
}
// ANCHOR_END: drop
