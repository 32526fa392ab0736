// breaks 2: a `publish` that meets a request leaves the new version to the last one who leaves, and returns

// ANCHOR: uses
use crate::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering::Relaxed},
};
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    state: Mutex<State>,
    served: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    current: Option<Arc<Weights>>,
    next: Option<Weights>,
    inside: usize,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut state = self.state.lock().unwrap();
        if state.inside == 0 {
            state.current = Some(Arc::new(weights));
        } else {
            state.next = Some(weights);
        }
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mine = {
            let mut state = self.state.lock().unwrap();
            let mine = state.current.clone()?;
            state.inside += 1;
            mine
        };
        let result = read(&mine);
        let mut state = self.state.lock().unwrap();
        state.inside -= 1;
        if state.inside == 0
            && let Some(next) = state.next.take()
        {
            state.current = Some(Arc::new(next));
        }
        self.served.fetch_add(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}

// ANCHOR: drop
// ANCHOR_END: drop
