// breaks 3, 4: in a release build `debug_assert!` runs nothing, and nothing is published

// ANCHOR: uses
use crate::sync::{
    OnceLock,
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
    first: OnceLock<Box<Node>>,
    last: AtomicPtr<Node>,
    served: AtomicU64,
}

#[derive(Debug)]
struct Node {
    weights: Weights,
    next: OnceLock<Box<Node>>,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut node = Box::new(Node {
            weights,
            next: OnceLock::new(),
        });
        let pointer: *mut Node = &mut *node;
        // SAFETY: null, or a node of the chain, which lives as long as the slot.
        let place = match unsafe { self.last.load(Relaxed).as_ref() } {
            Some(last) => &last.next,
            None => &self.first,
        };
        debug_assert!(place.set(node).is_ok(), "there is one loader");
        self.last.store(pointer, Release);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a node of the chain, which lives as long as the slot.
        let node = unsafe { self.last.load(Acquire).as_ref() }?;
        self.served.fetch_add(1, Relaxed);
        Some(read(&node.weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let mut next = self.first.take();
        while let Some(mut node) = next {
            next = node.next.take();
        }
    }
}
// ANCHOR_END: drop
