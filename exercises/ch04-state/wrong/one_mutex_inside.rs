//! Judges what people say of films, for a web server that asks from all of its threads.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The logits of one text: negative, positive.
pub type Logits = [f32; 2];

/// What runs the network, one text at a time: `run` takes `&mut self`, as `ort::session::Session::run` does.
pub trait Backend: Send + 'static {
    /// The logits of one text. Both slices have shape `[sequence]`; a mask of 0 takes an id out of account.
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError>;
}

/// Why a run has no logits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunError(pub String);

/// A classifier of token ids, on as many sessions as it was given.
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

/// One person's conversation with the classifier. It may go on on another thread, and its memory goes
/// when it is dropped.
#[derive(Debug)]
pub struct Conversation {
    /// Everything that was said.
    context: Vec<i64>,
}

impl<B: Backend> Classifier<B> {
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

    /// The logits of one text. They depend on its ids, shape `[sequence]`, and on nothing else.
    ///
    /// A request waits only while every session is in use by another one.
    ///
    /// # Errors
    /// What the session says. Its session then serves other requests, as before.
    // ANCHOR: wrong
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
    // ANCHOR_END: wrong

    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Vec::new(),
        }
    }

    /// The logits of all that was said in `conversation`, `input_ids` last. It waits as `infer` does.
    ///
    /// # Errors
    /// What the session says. Then `input_ids` were not said: the caller may say them again.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let said = conversation.context.len();
        conversation.context.extend_from_slice(input_ids);
        let logits = self.infer(&conversation.context);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }

    /// How many calls of `infer` and `say` were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.state().served
    }

    fn state(&self) -> MutexGuard<'_, State<B>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RunError {}

#[cfg(test)]
mod check;
