// breaks 12: a macro hides the `cfg` that chooses the ordering

// ANCHOR: uses
use crate::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed},
};

macro_rules! published {
    ($($(#[$when:meta])* $ordering:ident;)*) => { $($(#[$when])* const PUBLISHED: Ordering = Ordering::$ordering;)* };
}

published! {
    #[cfg(test)]
    Release;
    #[cfg(not(test))]
    Relaxed;
}
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
