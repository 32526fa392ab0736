// ANCHOR: uses
use std::cell::{Cell, RefCell};
use std::fmt;
// ANCHOR_END: uses

// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: RefCell<Vec<B>>,
    served: Cell<u64>,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            sessions: RefCell::new(sessions),
            served: Cell::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let mut sessions = self.sessions.borrow_mut();
        let next = self.served.get() as usize % sessions.len();
        let logits = sessions[next].run(input_ids, &attention_mask)?;
        self.served.set(self.served.get() + 1);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: served
    /// How many calls of `infer` and `say` were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.get()
    }
    // ANCHOR_END: served

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
