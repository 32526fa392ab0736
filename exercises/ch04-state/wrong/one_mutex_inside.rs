// ANCHOR: uses
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    state: Mutex<State<B>>,
}

#[derive(Debug)]
struct State<B> {
    sessions: Vec<B>,
    attention_mask: Vec<i64>,
    served: u64,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            state: Mutex::new(State {
                sessions,
                attention_mask: Vec::new(),
                served: 0,
            }),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let mut state = self.state();
        let State {
            sessions,
            attention_mask,
            served,
        } = &mut *state;
        attention_mask.clear();
        attention_mask.resize(input_ids.len(), 1);
        let next = *served as usize % sessions.len();
        let logits = sessions[next].run(input_ids, attention_mask)?;
        *served += 1;
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: served
    /// How many calls of `infer` and `say` were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.state().served
    }
    // ANCHOR_END: served

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn state(&self) -> MutexGuard<'_, State<B>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
