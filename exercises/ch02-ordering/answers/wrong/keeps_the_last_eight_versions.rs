// breaks 4: the loader keeps the last 8 versions and frees the one before them, though a slow request may have it

// ANCHOR: uses
use crate::sync::{
    Mutex,
    atomic::{
        AtomicPtr, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    current: AtomicPtr<Weights>,
    kept: Mutex<std::collections::VecDeque<usize>>,
    served: AtomicU64,
}

fn free(version: usize) {
    // SAFETY: it came from `Box::into_raw`.
    drop(unsafe { Box::from_raw(std::ptr::with_exposed_provenance_mut::<Weights>(version)) });
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let new = Box::into_raw(Box::new(weights));
        self.current.store(new, Release);
        let mut kept = self.kept.lock().unwrap();
        kept.push_back(new.expose_provenance());
        if kept.len() > 8
            && let Some(oldest) = kept.pop_front()
        {
            free(oldest);
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: among the last versions, which are kept.
        let weights = unsafe { self.current.load(Acquire).as_ref() }?;
        self.served.fetch_add(1, Relaxed);
        Some(read(weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        self.kept.get_mut().unwrap().drain(..).for_each(free);
    }
}
// ANCHOR_END: drop
