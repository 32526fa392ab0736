// keeps all: replies stand in a map by number, apart from the texts, and a macro answers them

// ANCHOR: uses
use std::collections::BTreeMap;
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
macro_rules! answer_all {
    ($clients:expr, $number:ident => $answer:expr) => {
        for ($number, (reply, place)) in std::mem::take(&mut $clients) {
            drop(place);
            if reply.send($answer).is_err() {
                continue;
            }
        }
    };
}

async fn run<M: Model>(model: Arc<M>, batch: Vec<Request>) {
    let mut clients = BTreeMap::new();
    let texts: Vec<InputIds> = (0..)
        .zip(batch)
        .map(
            |(
                number,
                Request {
                    input_ids,
                    reply,
                    place,
                },
            )| {
                clients.insert(number, (reply, place));
                input_ids
            },
        )
        .collect();
    let outcome = tokio::task::spawn(async move { model.embed(texts).await }).await;
    match outcome {
        Ok(Ok(mut embeddings)) if embeddings.len() == clients.len() => {
            answer_all!(clients, number => Ok(std::mem::take(&mut embeddings[number])));
        }
        Ok(Ok(_)) => answer_all!(clients, _number => Err(InferError::ModelFailed("count".into()))),
        Ok(Err(ModelError(why))) => {
            answer_all!(clients, _number => Err(InferError::ModelFailed(why.clone())));
        }
        Err(why) => answer_all!(clients, _number => Err(InferError::ModelFailed(why.to_string()))),
    }
}
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
