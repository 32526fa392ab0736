//! Collects single embedding requests into batches for a model that is fastest with many at once. What it promises is said in
//! the README.md of the exercise.

// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, TryAcquireError, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
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
    /// Without a bound of its own: only who has a place sends.
    requests: mpsc::UnboundedSender<Request>,
    /// One permit for each request that may be inside.
    places: Arc<Semaphore>,
    stop: Arc<Notify>,
    /// Closed once the collecting task has ended, and every batch with it.
    ended: watch::Receiver<()>,
}

#[derive(Debug)]
struct Request {
    input_ids: InputIds,
    /// Leads to the one client that waits for this text's embedding; closed if it went away.
    reply: oneshot::Sender<Result<Embedding, InferError>>,
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime. It stays there: its time is `tokio::time`, and it
    /// has no threads of its own.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (requests, queue) = mpsc::unbounded_channel();
        let (end, ended) = watch::channel(());
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        tokio::spawn(async move {
            collect(config, Arc::new(model), queue, &stopped).await;
            drop(end);
        });
        Batcher {
            requests,
            places: Arc::new(Semaphore::new(config.capacity)),
            stop,
            ended,
        }
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        // Part of this future: given back with the reply, and when the future is dropped.
        let _place = self.places.try_acquire().map_err(|refused| match refused {
            TryAcquireError::NoPermits => InferError::Overloaded,
            TryAcquireError::Closed => InferError::Closed,
        })?;
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(Request { input_ids, reply })
            .map_err(|_| InferError::Closed)?;
        answer.await.unwrap_or(Err(InferError::Closed))
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests, from no handle; returns once every request that was taken in is answered.
    pub async fn shutdown(mut self) {
        self.places.close();
        self.stop.notify_one();
        // An error is what it waits for: the sender is gone.
        let _ = self.ended.changed().await;
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
async fn collect<M: Model>(
    config: Config,
    model: Arc<M>,
    mut queue: mpsc::UnboundedReceiver<Request>,
    stop: &Notify,
) {
    let mut running = JoinSet::new();
    loop {
        let first = tokio::select! {
            // Looked at first, or a steady stream of requests could hide it.
            biased;
            () = stop.notified() => {
                queue.close();
                queue.recv().await
            }
            request = queue.recv() => request,
        };
        let Some(first) = first else { break };
        let batch = fill(config, first, &mut queue).await;
        if !batch.is_empty() {
            // Not awaited here: this task has the next batch to collect.
            running.spawn(run(Arc::clone(&model), batch));
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}
// ANCHOR_END: collect

// ANCHOR: fill
/// The batch that begins with `first`, without requests whose clients went away: empty if all did.
async fn fill(
    config: Config,
    first: Request,
    queue: &mut mpsc::UnboundedReceiver<Request>,
) -> Vec<Request> {
    // One moment for the whole batch: it does not move when another request comes.
    let leaves = Instant::now() + config.max_wait;
    let mut batch = vec![first];
    while batch.len() < config.max_batch {
        match timeout_at(leaves, queue.recv()).await {
            Ok(Some(request)) => batch.push(request),
            Ok(None) | Err(_) => break,
        }
        if batch.len() == config.max_batch {
            // Requests whose clients went away keep no room from the others.
            batch.retain(|request| !request.reply.is_closed());
        }
    }
    batch.retain(|request| !request.reply.is_closed());
    batch
}
// ANCHOR_END: fill

// ANCHOR: run
async fn run<M: Model>(model: Arc<M>, mut batch: Vec<Request>) {
    let texts = batch
        .iter_mut()
        .map(|request| std::mem::take(&mut request.input_ids))
        .collect();
    // On a task of its own: a panic ends the task that it happens on.
    let outcome = match tokio::spawn(async move { model.embed(texts).await }).await {
        Ok(Ok(embeddings)) => Ok(embeddings),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => Err(panic.to_string()),
    };
    answer(batch, outcome);
}
// ANCHOR_END: run

// ANCHOR: answer
/// Answers everyone, with an error if need be.
fn answer(batch: Vec<Request>, outcome: Result<Vec<Embedding>, String>) {
    let count = batch.len();
    let answers: Vec<_> = match outcome {
        Ok(embeddings) if embeddings.len() == count => embeddings.into_iter().map(Ok).collect(),
        Ok(embeddings) => {
            vec![Err(format!("{} embeddings for {count} texts", embeddings.len())); count]
        }
        Err(why) => vec![Err(why); count],
    };
    for (request, answer) in batch.into_iter().zip(answers) {
        // Fails if the client went away: then nobody is left to tell.
        let _ = request.reply.send(answer.map_err(InferError::ModelFailed));
    }
}
// ANCHOR_END: answer

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
#[path = "../../../exercises/ch03-batching/src/check.rs"]
mod check;
