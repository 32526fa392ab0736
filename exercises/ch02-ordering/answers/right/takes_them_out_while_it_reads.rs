// keeps all: a request takes the weights out while it reads, and the others look again and again.

// ANCHOR: uses
use crate::sync::{Mutex, thread};
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
    /// There are weights, though a request may have them.
    lent: bool,
    generation: u64,
    served: u64,
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut state = self.state.lock().unwrap();
        state.weights = Some(weights);
        state.lent = true;
        state.generation += 1;
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let (weights, generation) = loop {
            let mut state = self.state.lock().unwrap();
            if let Some(weights) = state.weights.take() {
                state.served += 1;
                break (weights, state.generation);
            }
            if !state.lent {
                return None;
            }
            drop(state);
            thread::yield_now();
        };
        let result = read(&weights);
        let mut state = self.state.lock().unwrap();
        if state.generation == generation {
            state.weights = Some(weights);
        }
        Some(result)
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    #[must_use]
    pub fn served(&self) -> u64 {
        self.state.lock().unwrap().served
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
