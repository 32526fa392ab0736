//! The models that the batchers of the checks feed.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::sleep;

use super::history::Ended;
use super::memory::HIDDEN;
use super::stage::Stage;
use crate::{Batcher, Embedding, InputIds, Model, ModelError};

/// What a model does with a batch.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// How long it takes, in milliseconds.
    pub takes: u64,
    pub then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Answer,
    Fail,
    Panic,
    /// Before there is a future, and so before any time has passed.
    PanicInTheCall,
    ReturnNone,
    ReturnOneTooFew,
    ReturnOneTooMany,
}

/// The embedding that tells whose text it belongs to.
pub fn embedding_of(client: i64) -> Embedding {
    vec![client as f32, 0.5]
}

/// A model that plays a part: what it does with its first batch, its second, and so on.
pub struct StagedModel {
    pub stage: Stage,
    pub part: Box<dyn Fn(usize) -> Part + Send + Sync>,
}

impl Model for StagedModel {
    fn embed(
        &self,
        batch: Vec<InputIds>,
    ) -> impl Future<Output = Result<Vec<Embedding>, ModelError>> + Send {
        let mut visit = self.stage.visit(batch);
        let part = (self.part)(visit.number);
        let does = |what: &str| self.stage.tell("model", what);
        if part.then == Then::PanicInTheCall {
            does("panics before it returns a future");
            visit.ends(Ended::Failed);
            drop(visit);
            // What a panic carries need not be a text.
            resume_unwind(Box::new(42));
        }
        async move {
            if part.takes > 0 {
                sleep(Duration::from_millis(part.takes)).await;
            }
            let mut embeddings: Vec<_> = visit.clients.iter().copied().map(embedding_of).collect();
            if part.then == Then::Answer {
                does("returns their embeddings");
                visit.ends(Ended::Answered);
                return Ok(embeddings);
            }
            visit.ends(Ended::Failed);
            match part.then {
                Then::ReturnNone => {
                    does("returns no embedding at all");
                    embeddings.clear();
                }
                Then::ReturnOneTooFew => {
                    does("returns one embedding too few");
                    embeddings.pop();
                }
                Then::ReturnOneTooMany => {
                    does("returns one embedding too many");
                    embeddings.push(embedding_of(0));
                }
                Then::Fail => {
                    does("returns an error: out of memory");
                    return Err(ModelError("out of memory".to_owned()));
                }
                Then::Answer | Then::Panic | Then::PanicInTheCall => {
                    does("panics");
                    // Like `panic!`, but it prints nothing.
                    resume_unwind(Box::new("index out of bounds"));
                }
            }
            Ok(embeddings)
        }
    }
}

/// A model that asks another batcher for help. A text is `[client, calls]`: how many calls it still takes.
pub struct Caller {
    stage: Stage,
    /// The model's name and that of the batcher that it calls.
    names: [&'static str; 2],
    other: Arc<OnceLock<Batcher>>,
}

impl Caller {
    pub fn new(stage: &Stage, names: [&'static str; 2], other: &Arc<OnceLock<Batcher>>) -> Caller {
        let (stage, other) = (stage.clone(), Arc::clone(other));
        Caller {
            stage,
            names,
            other,
        }
    }
}

impl Model for Caller {
    async fn embed(&self, batch: Vec<InputIds>) -> Result<Vec<Embedding>, ModelError> {
        let [model, batcher] = self.names.map(str::to_owned);
        let (model, batcher) = (format!("model {model}"), format!("batcher {batcher}"));
        let mut embeddings = Vec::with_capacity(batch.len());
        for text in batch {
            let (client, calls) = (text[0], text[1]);
            sleep(Duration::from_millis(1)).await;
            if calls > 0 {
                let does = format!("calls {batcher} about the text of client {client}");
                self.stage.tell(&model, does);
                let _wait = self.stage.wait(&model, &batcher);
                let other = self.other.get().expect("set before the first call");
                other
                    .infer(vec![client, calls - 1])
                    .await
                    .map_err(|error| ModelError(format!("{batcher}: {error}")))?;
            }
            self.stage
                .tell(&model, format!("has the embedding of client {client}"));
            embeddings.push(embedding_of(client));
        }
        Ok(embeddings)
    }
}

/// A model whose embedding is the text itself, in numbers; for an empty text one number, for two ids none, for three those that
/// are none.
pub struct Mirror;

pub fn mirrored(text: &InputIds) -> Embedding {
    match text.len() {
        0 => vec![0.5],
        2 => vec![],
        3 => vec![f32::NAN, f32::INFINITY, -0.0],
        _ => text.iter().map(|id| *id as f32).collect(),
    }
}

impl Model for Mirror {
    async fn embed(&self, batch: Vec<InputIds>) -> Result<Vec<Embedding>, ModelError> {
        Ok(batch.iter().map(mirrored).collect())
    }
}

/// A model that keeps nothing, of texts and embeddings whose memory is counted.
/// It answers twice, fails, panics, and so on.
#[derive(Default)]
pub struct Forgetful(AtomicUsize);

impl Model for Forgetful {
    async fn embed(&self, batch: Vec<InputIds>) -> Result<Vec<Embedding>, ModelError> {
        let batches = self.0.fetch_add(1, Ordering::Relaxed);
        sleep(Duration::from_millis(1)).await;
        match batches % 4 {
            0 | 1 => Ok(batch.iter().map(|_| vec![0.5; HIDDEN]).collect()),
            2 => Err(ModelError("out of memory".to_owned())),
            _ => resume_unwind(Box::new("index out of bounds")),
        }
    }
}
