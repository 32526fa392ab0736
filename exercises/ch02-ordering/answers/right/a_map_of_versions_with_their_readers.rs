// keeps all: a map under one lock counts who reads what, and the last one who leaves an old version frees it

// ANCHOR: uses
use std::collections::BTreeMap;

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
    versions: BTreeMap<u64, (Box<Weights>, usize)>,
    served: u64,
}

impl State {
    /// Frees what is neither current nor read.
    fn sweep(&mut self) {
        let last = self.versions.last_key_value().map(|(number, _)| *number);
        self.versions
            .retain(|number, (_, readers)| Some(*number) == last || *readers > 0);
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let mut state = self.state.lock().unwrap();
        let number = state
            .versions
            .last_key_value()
            .map_or(0, |(number, _)| number + 1);
        state.versions.insert(number, (Box::new(weights), 0));
        state.sweep();
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let (number, weights): (u64, *const Weights) = {
            let mut state = self.state.lock().unwrap();
            state.served += u64::from(!state.versions.is_empty());
            let mut last = state.versions.last_entry()?;
            last.get_mut().1 += 1;
            (*last.key(), &raw const *last.get().0)
        };
        // SAFETY: counted, so that nobody frees the box.
        let result = read(unsafe { &*weights });
        let mut state = self.state.lock().unwrap();
        state.versions.get_mut(&number).expect("it is counted").1 -= 1;
        state.sweep();
        Some(result)
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
