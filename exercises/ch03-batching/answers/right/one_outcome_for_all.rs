// keeps all: a batch has one outcome that all of its clients look at, woken together

// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::{select, spawn, task, time};
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    queue: mpsc::WeakUnboundedSender<Request>,
    open: Arc<std::sync::Mutex<Option<mpsc::UnboundedSender<Request>>>>,
    places: Arc<Semaphore>,
    over: Arc<Gate>,
}

/// Where many wait for one moment.
#[derive(Debug)]
struct Gate(Semaphore);

impl Gate {
    fn new() -> Gate {
        Gate(Semaphore::new(0))
    }

    async fn pass(&self) {
        let closed = self.0.acquire().await;
        assert!(closed.is_err(), "nobody ever adds a permit");
    }
}

type Outcome = Result<Vec<Embedding>, String>;

#[derive(Debug)]
struct Shared {
    outcome: OnceLock<Outcome>,
    ready: Gate,
}

#[derive(Debug)]
struct Request {
    text: InputIds,
    batch: oneshot::Sender<(usize, Arc<Shared>)>,
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (queue, requests) = mpsc::unbounded_channel();
        let over = Arc::new(Gate::new());
        let at_end = Arc::clone(&over);
        let model: Arc<M> = model.into();
        spawn(async move {
            collect(config, model, requests).await;
            at_end.0.close();
        });
        Batcher {
            queue: queue.downgrade(),
            open: Arc::new(Some(queue).into()),
            places: Arc::new(Semaphore::new(config.capacity)),
            over,
        }
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_| InferError::Overloaded)?;
        let (batch, joined) = oneshot::channel();
        {
            let open = self.open.lock().unwrap();
            let queue = open.as_ref().ok_or(InferError::Closed)?;
            let request = Request {
                text: input_ids,
                batch,
            };
            queue.send(request).map_err(|_| InferError::Closed)?;
        }
        let (index, batch) = joined.await.map_err(|_| InferError::Closed)?;
        batch.ready.pass().await;
        match batch.outcome.get().expect("set before the gate opens") {
            Ok(embeddings) => Ok(embeddings[index].clone()),
            Err(why) => Err(InferError::ModelFailed(why.clone())),
        }
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests; returns once every request that was taken in is answered.
    pub async fn shutdown(self) {
        self.open.lock().unwrap().take();
        debug_assert!(self.queue.strong_count() <= 1);
        self.over.pass().await;
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
async fn collect<M: Model>(
    Config {
        max_batch,
        max_wait,
        ..
    }: Config,
    model: Arc<M>,
    mut requests: mpsc::UnboundedReceiver<Request>,
) {
    let mut running = task::JoinSet::new();
    let mut waiting = Vec::new();
    let alarm = time::sleep(time::Duration::ZERO);
    tokio::pin!(alarm);
    loop {
        let full = select! {
            biased;
            request = requests.recv() => match request {
                Some(request) => {
                    if waiting.is_empty() {
                        alarm.as_mut().reset(time::Instant::now() + max_wait);
                    }
                    waiting.push(request);
                    waiting.len() >= max_batch
                }
                None => {
                    running.spawn(Shared::run(Arc::clone(&model), std::mem::take(&mut waiting)));
                    break;
                }
            },
            () = &mut alarm, if !waiting.is_empty() => true,
            Some(_) = running.join_next() => false,
        };
        if full {
            running.spawn(Shared::run(Arc::clone(&model), waiting.split_off(0)));
        }
    }
    while running.join_next().await.is_some() {}
}
// ANCHOR_END: collect

// ANCHOR: fill
// ANCHOR_END: fill

// ANCHOR: run
impl Shared {
    async fn run<M: Model>(model: Arc<M>, batch: Vec<Request>) {
        let shared = Arc::new(Shared {
            outcome: OnceLock::new(),
            ready: Gate::new(),
        });
        let mut texts = Vec::with_capacity(batch.len());
        for Request { text, batch } in batch {
            if batch.send((texts.len(), Arc::clone(&shared))).is_ok() {
                texts.push(text);
            }
        }
        if texts.is_empty() {
            return;
        }
        let wanted = texts.len();
        let outcome = spawn(async move { model.embed(texts).await })
            .await
            .map_err(|panic| panic.to_string())
            .and_then(|outcome| outcome.map_err(|ModelError(why)| why))
            .and_then(|embeddings| match embeddings.len() {
                count if count == wanted => Ok(embeddings),
                count => Err(format!("{count} embeddings for {wanted} texts")),
            });
        shared.outcome.set(outcome).expect("set once");
        shared.ready.0.close();
    }
}
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
