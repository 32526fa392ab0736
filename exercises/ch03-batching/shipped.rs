//! Collects single embedding requests into batches for a model that is fastest with many at once. What it promises is said in
//! README.md.

// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
// ANCHOR_END: uses

/// Token ids of one text, shape `[sequence]`.
pub type InputIds = Vec<i64>;

/// The embedding of one text, shape `[hidden]`.
pub type Embedding = Vec<f32>;

/// What a batcher feeds: a local session, or a client of another service.
pub trait Model: Send + Sync + 'static {
    /// One embedding for each text, in the order of the texts. It may take long, fail, panic, or
    /// itself call `infer` of a batcher, and no other batch is held up. It must not block the thread.
    fn embed(
        &self,
        batch: Vec<InputIds>,
    ) -> impl Future<Output = Result<Vec<Embedding>, ModelError>> + Send;
}

/// Why the model failed on a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(pub String);

/// When a batch leaves, and how much the batcher takes in.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    /// Texts in a batch at most. A batch that has as many leaves at once.
    pub max_batch: usize,
    /// How long a batch waits for more texts, from its first one on: a day at most. Then it leaves with
    /// what it has.
    pub max_wait: Duration,
    /// Requests inside at most, from `infer` until the reply, whether they wait or are at the model.
    pub capacity: usize,
}

/// Why a request has no embedding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InferError {
    /// `capacity` requests are inside. Said at once: a task that waits for room may be the one that is
    /// to make it.
    Overloaded,
    /// The model failed on this request's batch, panicked, or returned another number of embeddings.
    ModelFailed(String),
    /// The batcher was shut down before it took the request in.
    Closed,
}

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    requests: mpsc::Sender<Request>,
}

#[derive(Debug)]
struct Request {
    input_ids: InputIds,
    /// Leads to the one client that waits for this text's embedding.
    reply: oneshot::Sender<Embedding>,
}
// ANCHOR_END: state

// ANCHOR: infer
impl Batcher {
    /// Starts a batcher on the current tokio runtime. It stays there: its time is `tokio::time`, and it
    /// has no threads of its own.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (requests, queue) = mpsc::channel(config.capacity);
        tokio::spawn(serve(config, model, queue));
        Batcher { requests }
    }

    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        let (reply, answer) = oneshot::channel();
        let request = Request { input_ids, reply };
        self.requests
            .send(request)
            .await
            .map_err(|_| InferError::Closed)?;
        answer.await.map_err(|_| InferError::Closed)
    }

    /// Takes no more requests, from no handle; returns once every request that was taken in is answered.
    pub async fn shutdown(self) {
        drop(self.requests);
    }
}
// ANCHOR_END: infer

// ANCHOR: serve
async fn serve<M: Model>(config: Config, model: M, mut queue: mpsc::Receiver<Request>) {
    let mut batch = Vec::with_capacity(config.max_batch);
    while let Some(request) = queue.recv().await {
        batch.push(request);
        if batch.len() < config.max_batch {
            continue;
        }
        let (texts, replies): (Vec<_>, Vec<_>) = batch
            .drain(..)
            .map(|request: Request| (request.input_ids, request.reply))
            .unzip();
        match model.embed(texts).await {
            Ok(embeddings) => {
                for (reply, embedding) in replies.into_iter().zip(embeddings) {
                    reply.send(embedding).expect("a client waits for its reply");
                }
            }
            Err(error) => eprintln!("batch lost: {error}"),
        }
    }
}
// ANCHOR_END: serve

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for InferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InferError::Overloaded => f.write_str("the batcher is full"),
            InferError::ModelFailed(why) => write!(f, "the model failed: {why}"),
            InferError::Closed => f.write_str("the batcher was shut down"),
        }
    }
}

impl std::error::Error for ModelError {}

impl std::error::Error for InferError {}

#[cfg(test)]
mod check;
