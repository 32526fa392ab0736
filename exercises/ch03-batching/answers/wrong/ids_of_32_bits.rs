// breaks 4, 5: token ids go through an i32

// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, timeout_at};
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    queue: mpsc::UnboundedSender<Request>,
    inside: Arc<Inside>,
    capacity: usize,
}

/// How many requests are inside.
#[derive(Debug, Default)]
struct Inside {
    count: AtomicUsize,
    closed: AtomicBool,
    one_left: Notify,
}

/// One of `capacity`.
#[derive(Debug)]
struct Place(Arc<Inside>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::SeqCst);
        self.0.one_left.notify_waiters();
    }
}

#[derive(Debug)]
struct Request {
    input_ids: InputIds,
    reply: oneshot::Sender<Result<Embedding, InferError>>,
    place: Place,
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (queue, requests) = mpsc::unbounded_channel();
        tokio::spawn(collect(config, Arc::new(model), requests));
        Batcher {
            queue,
            inside: Arc::default(),
            capacity: config.capacity,
        }
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        if self.inside.closed.load(Ordering::SeqCst) {
            return Err(InferError::Closed);
        }
        let one_more = |count: usize| (count < self.capacity).then_some(count + 1);
        if self
            .inside
            .count
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_more)
            .is_err()
        {
            return Err(InferError::Overloaded);
        }
        let place = Place(Arc::clone(&self.inside));
        let (reply, answer) = oneshot::channel();
        let request = Request {
            input_ids,
            reply,
            place,
        };
        if self.queue.send(request).is_err() {
            return Err(InferError::Closed);
        }
        match answer.await {
            Ok(answer) => answer,
            Err(_) => Err(InferError::Closed),
        }
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests; returns once every request that was taken in is answered.
    pub async fn shutdown(self) {
        self.inside.closed.store(true, Ordering::SeqCst);
        loop {
            let mut one_left = std::pin::pin!(self.inside.one_left.notified());
            one_left.as_mut().enable();
            if self.inside.count.load(Ordering::SeqCst) == 0 {
                break;
            }
            one_left.await;
        }
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
async fn collect<M: Model>(
    config: Config,
    model: Arc<M>,
    mut requests: mpsc::UnboundedReceiver<Request>,
) {
    while let Some(first) = requests.recv().await {
        let leaves = Instant::now() + config.max_wait;
        let mut batch = vec![first];
        while batch.len() < config.max_batch {
            let Ok(Some(request)) = timeout_at(leaves, requests.recv()).await else {
                break;
            };
            batch.push(request);
        }
        tokio::spawn(run(Arc::clone(&model), batch));
    }
}
// ANCHOR_END: collect

// ANCHOR: fill
// ANCHOR_END: fill

// ANCHOR: run
async fn run<M: Model>(model: Arc<M>, batch: Vec<Request>) {
    let mut texts = Vec::new();
    let mut clients = Vec::new();
    for request in batch {
        texts.push(
            request
                .input_ids
                .iter()
                .map(|id| *id as i32 as i64)
                .collect(),
        );
        clients.push((request.reply, request.place));
    }
    let outcome = tokio::spawn(async move { model.embed(texts).await }).await;
    let outcome = match outcome {
        Ok(Ok(embeddings)) if embeddings.len() == clients.len() => Ok(embeddings),
        Ok(Ok(embeddings)) => Err(format!("it returned {} embeddings", embeddings.len())),
        Ok(Err(error)) => Err(error.0),
        Err(error) => Err(error.to_string()),
    };
    for (index, (reply, place)) in clients.into_iter().enumerate() {
        drop(place);
        let _ = reply.send(match &outcome {
            Ok(embeddings) => Ok(embeddings[index].clone()),
            Err(why) => Err(InferError::ModelFailed(why.clone())),
        });
    }
}
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
