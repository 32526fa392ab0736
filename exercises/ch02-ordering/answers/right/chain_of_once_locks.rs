// keeps all: each version holds the place of the next one, and a request walks to the last

// ANCHOR: uses
use crate::sync::{
    OnceLock,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    first: Link,
    served: AtomicU64,
}

type Link = OnceLock<Box<Node>>;

#[derive(Debug)]
struct Node {
    weights: Weights,
    next: Link,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut end = &self.first;
        while let Some(node) = end.get() {
            end = &node.next;
        }
        let node = Box::new(Node {
            weights,
            next: Link::default(),
        });
        assert!(end.set(node).is_ok(), "there is one loader");
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mut node = self.first.get()?;
        while let Some(newer) = node.next.get() {
            node = newer;
        }
        self.served.fetch_add(1, Relaxed);
        Some(read(&node.weights))
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
