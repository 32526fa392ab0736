// keeps all: one request at a time, under one lock, with its count

// ANCHOR: uses
use crate::sync::Mutex;
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    weights: Option<Weights>,
    served: u64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.state.lock().unwrap().weights.replace(weights);
        drop(before);
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let mut state = self.state.lock().unwrap();
        let State { weights, served } = &mut *state;
        let weights = weights.as_ref()?;
        *served += 1;
        Some(read(weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.state.lock().unwrap().served
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
