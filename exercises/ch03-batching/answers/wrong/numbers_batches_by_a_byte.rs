// breaks 3: batches are numbered by a byte: the timer of one that left full sends off the 256th after it

// ANCHOR: uses
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::sleep;
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Clone)]
pub struct Batcher(Arc<dyn Handle>);

impl fmt::Debug for Batcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Batcher")
    }
}

type Answer = Result<Embedding, InferError>;

trait Handle: Send + Sync {
    fn enter(self: Arc<Self>, text: InputIds) -> Result<oneshot::Receiver<Answer>, InferError>;
    fn leave(&self);
    fn close(&self);
    fn is_empty(&self) -> bool;
    fn left(&self) -> &Notify;
}

struct Shared<M> {
    config: Config,
    model: M,
    runtime: tokio::runtime::Handle,
    state: Mutex<State>,
    left: Notify,
}

#[derive(Default)]
struct State {
    /// The texts and replies of the batch that waits, by their number.
    waiting: HashMap<usize, (InputIds, oneshot::Sender<Answer>)>,
    /// The number of the batch that waits: a timer of an earlier one finds another.
    batch: u8,
    inside: usize,
    running: usize,
    closed: bool,
}

/// A client's place: given back when it has its answer or goes away.
struct Place<'a>(&'a dyn Handle);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        Batcher(Arc::new(Shared {
            config,
            model,
            runtime: tokio::runtime::Handle::current(),
            state: Mutex::default(),
            left: Notify::new(),
        }))
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        let answer = Arc::clone(&self.0).enter(input_ids)?;
        let _place = Place(&*self.0);
        answer.await.expect("each batch answers all of its clients")
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests; returns once every request that was taken in is answered.
    pub async fn shutdown(self) {
        self.0.close();
        loop {
            let left = self.0.left().notified();
            tokio::pin!(left);
            left.as_mut().enable();
            if self.0.is_empty() {
                return;
            }
            left.await;
        }
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
impl<M: Model> Handle for Shared<M> {
    fn enter(self: Arc<Self>, text: InputIds) -> Result<oneshot::Receiver<Answer>, InferError> {
        let mut state = self.locked();
        if state.closed {
            return Err(InferError::Closed);
        }
        if state.inside >= self.config.capacity {
            return Err(InferError::Overloaded);
        }
        state.inside += 1;
        let (reply, answer) = oneshot::channel();
        let number = state.waiting.len();
        state.waiting.insert(number, (text, reply));
        if number + 1 == self.config.max_batch {
            self.send_off(&mut state);
        } else if number == 0 {
            let batch = state.batch;
            let shared = Arc::clone(&self);
            self.runtime.spawn(async move {
                sleep(shared.config.max_wait).await;
                let mut state = shared.locked();
                if state.batch == batch {
                    shared.send_off(&mut state);
                }
            });
        }
        Ok(answer)
    }

    fn leave(&self) {
        self.locked().inside -= 1;
        self.left.notify_waiters();
    }

    fn close(&self) {
        self.locked().closed = true;
    }

    fn is_empty(&self) -> bool {
        let state = self.locked();
        state.inside == 0 && state.running == 0
    }

    fn left(&self) -> &Notify {
        &self.left
    }
}

impl<M: Model> Shared<M> {
    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn send_off(self: &Arc<Self>, state: &mut State) {
        state.batch = state.batch.wrapping_add(1);
        state.running += 1;
        let mut waiting: Vec<_> = state.waiting.drain().collect();
        waiting.sort_by_key(|(number, _)| *number);
        let (texts, replies): (Vec<_>, Vec<_>) = waiting.into_iter().map(|(_, both)| both).unzip();
        let shared = Arc::clone(self);
        self.runtime.spawn(shared.run(texts, replies));
    }
}
// ANCHOR_END: collect

// ANCHOR: fill
// ANCHOR_END: fill

// ANCHOR: run
impl<M: Model> Shared<M> {
    async fn run(self: Arc<Self>, texts: Vec<InputIds>, replies: Vec<oneshot::Sender<Answer>>) {
        let shared = Arc::clone(&self);
        let embeddings = tokio::spawn(async move { shared.model.embed(texts).await });
        let result = match embeddings.await {
            Err(_) => Err("it panicked".to_owned()),
            Ok(Err(ModelError(why))) => Err(why),
            Ok(Ok(embeddings)) if embeddings.len() != replies.len() => Err(String::new()),
            Ok(Ok(embeddings)) => Ok(embeddings),
        };
        match result {
            Ok(embeddings) => replies
                .into_iter()
                .zip(embeddings)
                .for_each(|(reply, embedding)| {
                    let _ = reply.send(Ok(embedding));
                }),
            Err(why) => replies.into_iter().for_each(|reply| {
                let _ = reply.send(Err(InferError::ModelFailed(why.clone())));
            }),
        }
        self.locked().running -= 1;
        self.left.notify_waiters();
    }
}
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
