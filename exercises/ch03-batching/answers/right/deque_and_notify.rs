// keeps all: texts stand in a deque behind a std lock; a collector is woken by `Notify` and holds the lock for no await

// ANCHOR: uses
use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::{self, Instant};
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    core: Arc<Core>,
}

#[derive(Debug)]
struct Core {
    config: Config,
    state: Mutex<State>,
    came: Notify,
    left: Notify,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<(Instant, InputIds, Reply)>,
    at_model: usize,
    closed: bool,
}

type Reply = oneshot::Sender<Result<Embedding, InferError>>;

impl State {
    /// Takes out the texts whose clients went away.
    fn sweep(&mut self) {
        self.queue.retain(|(_, _, reply)| !reply.is_closed());
    }

    fn inside(&mut self) -> usize {
        self.sweep();
        self.queue.len() + self.at_model
    }
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let core = Arc::new(Core {
            config,
            state: Mutex::default(),
            came: Notify::new(),
            left: Notify::new(),
        });
        tokio::spawn(collect(Arc::clone(&core), Arc::new(model)));
        Batcher { core }
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        let answer = {
            let mut state = self.core.state.lock().unwrap();
            if state.closed {
                return Err(InferError::Closed);
            }
            if state.inside() >= self.core.config.capacity {
                return Err(InferError::Overloaded);
            }
            let (reply, answer) = oneshot::channel();
            state.queue.push_back((Instant::now(), input_ids, reply));
            answer
        };
        self.core.came.notify_one();
        answer
            .await
            .unwrap_or_else(|_| Err(InferError::ModelFailed("lost".into())))
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests; returns once every request that was taken in is answered.
    pub async fn shutdown(self) {
        let Self { core } = self;
        core.state.lock().unwrap().closed = true;
        core.came.notify_one();
        loop {
            let left = core.left.notified();
            if core.state.lock().unwrap().inside() == 0 {
                return;
            }
            left.await;
        }
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
async fn collect<M: Model>(core: Arc<Core>, model: Arc<M>) {
    let Config {
        max_batch,
        max_wait,
        ..
    } = core.config;
    loop {
        let came = core.came.notified();
        let next = {
            let mut state = core.state.lock().unwrap();
            state.sweep();
            let due = state.queue.front().map(|(came, ..)| *came + max_wait);
            let full = state.queue.len() >= max_batch;
            match due {
                Some(due) if full || due <= Instant::now() || state.closed => {
                    let count = state.queue.len().min(max_batch);
                    state.at_model += count;
                    let batch = state.queue.drain(..count).collect();
                    tokio::spawn(run(Arc::clone(&core), Arc::clone(&model), batch));
                    continue;
                }
                due => due,
            }
        };
        core.left.notify_waiters();
        match next {
            Some(due) => {
                let _ = time::timeout_at(due, came).await;
            }
            None => came.await,
        }
    }
}
// ANCHOR_END: collect

// ANCHOR: fill
// ANCHOR_END: fill

// ANCHOR: run
async fn run<M: Model>(core: Arc<Core>, model: Arc<M>, batch: Vec<(Instant, InputIds, Reply)>) {
    let (texts, replies): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|(_, text, reply)| (text, reply))
        .unzip();
    let outcome = tokio::spawn(async move { model.embed(texts).await }).await;
    core.state.lock().unwrap().at_model -= replies.len();
    let outcome = outcome.unwrap_or_else(|panic| Err(ModelError(panic.to_string())));
    let outcome = outcome.and_then(|embeddings| {
        if embeddings.len() == replies.len() {
            Ok(embeddings)
        } else {
            Err(ModelError("another number".into()))
        }
    });
    for (at, reply) in replies.into_iter().enumerate() {
        let answer = outcome.as_ref().map(|embeddings| embeddings[at].clone());
        let _ = reply.send(answer.map_err(|error| InferError::ModelFailed(error.0.clone())));
    }
    core.left.notify_waiters();
}
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
