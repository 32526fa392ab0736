//! Judges what people say of films, for a web server that asks from all of its threads.
//!
//! What it promises stands in README.md.

// ANCHOR: uses
use std::fmt;
// ANCHOR_END: uses

/// The logits of one text: negative, positive.
pub type Logits = [f32; 2];

// ANCHOR: backend
/// What runs the network, one text at a time: `run` takes `&mut self`, as `ort::session::Session::run` does.
pub trait Backend: Send + 'static {
    /// The logits of one text. Both slices have shape `[sequence]`; a mask of 0 takes an id out of account.
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError>;
}
// ANCHOR_END: backend

/// Why a run has no logits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunError(pub String);

/// A classifier of token ids, on as many sessions as it was given.
// ANCHOR: classifier
#[derive(Debug)]
pub struct Classifier<B> {
    sessions: Vec<B>,
    /// As long as the longest text so far: a shorter one needs no new memory.
    input_ids: Vec<i64>,
    /// As long as `input_ids`: 1 for an id of the text, 0 for padding.
    attention_mask: Vec<i64>,
    /// Everything that was said in the conversation.
    context: Vec<i64>,
    served: u64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier. It may go on on another thread, and its memory goes
/// when it is dropped.
#[derive(Debug)]
pub struct Conversation {}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            sessions,
            input_ids: Vec::new(),
            attention_mask: Vec::new(),
            context: Vec::new(),
            served: 0,
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text. They depend on its ids, shape `[sequence]`, and on nothing else.
    ///
    /// A request waits only while every session is in use by another one.
    ///
    /// # Errors
    /// What the session says. Its session then serves other requests, as before.
    pub fn infer(&mut self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let length = input_ids.len();
        if length > self.input_ids.len() {
            self.input_ids.resize(length, 0);
            self.attention_mask.resize(length, 0);
        }
        self.input_ids[..length].copy_from_slice(input_ids);
        self.attention_mask[..length].fill(1);

        let next = self.served as usize % self.sessions.len();
        let logits = self.sessions[next].run(&self.input_ids, &self.attention_mask)?;
        self.served += 1;
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&mut self) -> Conversation {
        self.context.clear();
        Conversation {}
    }

    /// The logits of all that was said in `conversation`, `input_ids` last. It waits as `infer` does.
    ///
    /// # Errors
    /// What the session says. Then `input_ids` were not said: the caller may say them again.
    pub fn say(
        &mut self,
        _conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        self.context.extend_from_slice(input_ids);
        let context = self.context.clone();
        self.infer(&context)
    }
    // ANCHOR_END: say

    // ANCHOR: served
    /// How many calls of `infer` and `say` were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served
    }
    // ANCHOR_END: served
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RunError {}

#[cfg(test)]
mod check;
