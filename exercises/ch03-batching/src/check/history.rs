//! What is seen of a batcher from outside: who called when, which batches the model was given, what became of it.
//! All times are milliseconds since the scene began.

use std::collections::BTreeMap;

use crate::{Config, InferError, InputIds};

#[derive(Default)]
pub struct History {
    pub config: Option<Config>,
    /// In the order in which they were made.
    pub calls: Vec<Call>,
    pub batches: Vec<Batch>,
    pub shutdowns: Vec<Shutdown>,
    /// What a batcher that stays on its runtime never does.
    pub left_the_runtime: Option<String>,
    /// Who sent which text: each client has its own.
    pub clients: BTreeMap<InputIds, i64>,
}

pub struct Call {
    pub client: i64,
    pub at: u64,
    pub left: Option<u64>,
    pub outcome: Option<(u64, Seen)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    ItsReply,
    AnothersReply,
    Error(InferError),
    Panic,
    Nothing,
}

pub struct Batch {
    /// Whose texts it holds.
    pub clients: Vec<i64>,
    /// Texts that no client sent.
    pub foreign_texts: Vec<InputIds>,
    pub start: u64,
    pub end: Option<(u64, Ended)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Answered,
    Failed,
    /// The batcher dropped the model's future.
    Dropped,
}

pub struct Shutdown {
    pub at: u64,
    pub returned: Option<u64>,
    pub given_up: bool,
}

impl Call {
    /// Whether the request was not taken in, and its client was told so at once.
    pub fn was_refused(&self) -> bool {
        match self.outcome {
            Some((_, Seen::Error(InferError::Overloaded))) => true,
            Some((at, Seen::Error(InferError::Closed))) => at == self.at,
            _ => false,
        }
    }

    /// When its client had the outcome.
    pub fn answered(&self) -> Option<u64> {
        match self.outcome {
            None | Some((_, Seen::Nothing)) => None,
            Some((at, _)) => Some(at),
        }
    }
}

impl History {
    /// The batches that held the client's text, first one first.
    pub fn batches_of(&self, client: i64) -> impl DoubleEndedIterator<Item = &Batch> {
        let holds = move |batch: &&Batch| batch.clients.contains(&client);
        self.batches.iter().filter(holds)
    }

    /// Why a client has nothing, as far as it can be told from outside.
    pub fn why_nothing(&self, client: i64) -> String {
        let mut calls = self.calls.iter().rev();
        let called = calls
            .find(|call| call.client == client)
            .map_or(0, |call| call.at);
        let mut batches = self.batches_of(client).rev();
        let last = batches.find(|batch| batch.start >= called);
        match last.map(|batch| batch.end) {
            Some(None) => return "waits for the model".to_owned(),
            Some(Some((_, Ended::Answered))) => {
                return "has the embedding and does not hand it on".to_owned();
            }
            Some(Some((_, Ended::Failed))) => {
                return "knows that the model failed, and does not say so".to_owned();
            }
            Some(Some((_, Ended::Dropped))) => {
                return "has stopped the model, and does not say so".to_owned();
            }
            None => {}
        }
        let waits = |call: &&Call| {
            let is_over = call.answered().is_some() || call.left.is_some();
            let mut batches = self.batches_of(call.client);
            !is_over && !batches.any(|batch| batch.start >= call.at)
        };
        let waiting = self.calls.iter().filter(waits).count();
        let max_batch = self.config.map_or(0, |config| config.max_batch);
        if self.batches.iter().any(|batch| batch.end.is_none()) {
            format!("holds {waiting} back while a batch is at the model")
        } else if waiting < max_batch {
            format!("holds {waiting} of {max_batch}, waits for one more, and no client sends one")
        } else {
            format!("holds {waiting} and hands none to the model")
        }
    }
}
