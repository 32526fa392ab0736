// keeps all: one task polls the collector and every batch by hand, and catches panics where they happen

// ANCHOR: uses
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, Sleep, sleep_until};
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    door: Arc<Mutex<Door>>,
    over: watch::Receiver<bool>,
}

#[derive(Debug)]
struct Door {
    queue: Option<mpsc::UnboundedSender<Request>>,
    inside: usize,
    capacity: usize,
}

struct Leaves<'a>(&'a Mutex<Door>);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().inside -= 1;
    }
}

#[derive(Debug)]
struct Request(InputIds, oneshot::Sender<Result<Embedding, InferError>>);

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (queue, mut requests) = mpsc::unbounded_channel();
        let (end, over) = watch::channel(false);
        let model = Arc::new(model);
        tokio::spawn(async move {
            let mut works: Vec<Work> = Vec::new();
            let mut waiting: Vec<Request> = Vec::new();
            let mut alarm: Option<Pin<Box<Sleep>>> = None;
            poll_fn(|cx| {
                let mut closed = false;
                loop {
                    let (mut due, mut asleep) = (false, false);
                    match requests.poll_recv(cx) {
                        Poll::Ready(Some(request)) => {
                            if waiting.is_empty() {
                                let leaves = Instant::now() + config.max_wait;
                                alarm = Some(Box::pin(sleep_until(leaves)));
                            }
                            waiting.push(request);
                            due = waiting.len() == config.max_batch;
                        }
                        Poll::Ready(None) => closed = true,
                        Poll::Pending => asleep = true,
                    }
                    let rings = alarm
                        .as_mut()
                        .is_some_and(|alarm| alarm.as_mut().poll(cx).is_ready());
                    due |= rings || closed;
                    if due && !waiting.is_empty() {
                        alarm = None;
                        let batch = std::mem::take(&mut waiting);
                        works.push(Box::pin(work(Arc::clone(&model), batch)));
                    } else if closed || asleep {
                        break;
                    }
                }
                works.retain_mut(|work| work.as_mut().poll(cx).is_pending());
                if closed && works.is_empty() {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            })
            .await;
            end.send_replace(true);
        });
        let door = Door {
            queue: Some(queue),
            inside: 0,
            capacity: config.capacity,
        };
        Batcher {
            door: Arc::new(Mutex::new(door)),
            over,
        }
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        let (reply, answer) = oneshot::channel();
        let _leaves = {
            let mut door = self.door.lock().unwrap();
            let queue = door.queue.as_ref().ok_or(InferError::Closed)?;
            if door.inside == door.capacity {
                return Err(InferError::Overloaded);
            }
            queue
                .send(Request(input_ids, reply))
                .map_err(|_| InferError::Closed)?;
            door.inside += 1;
            Leaves(&self.door)
        };
        answer.await.map_err(|_| InferError::Closed)?
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests; returns once every request that was taken in is answered.
    pub async fn shutdown(mut self) {
        drop(self.door.lock().unwrap().queue.take());
        let _ = self.over.wait_for(|over| *over).await;
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
async fn work<M: Model>(model: Arc<M>, batch: Vec<Request>) {
    let (texts, replies): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|Request(text, reply)| (text, reply))
        .unzip();
    let wanted = texts.len();
    let mut embed = Box::pin(async move { model.embed(texts).await });
    let outcome = poll_fn(
        |cx| match catch_unwind(AssertUnwindSafe(|| embed.as_mut().poll(cx))) {
            Ok(poll) => poll.map(|outcome| outcome.map_err(|error| error.0)),
            Err(_) => Poll::Ready(Err("the model panicked".to_owned())),
        },
    )
    .await;
    let outcome = match outcome {
        Ok(embeddings) if embeddings.len() == wanted => Ok(embeddings),
        Ok(_) => Err("the model miscounts".to_owned()),
        Err(why) => Err(why),
    };
    let mut embeddings = outcome.map(Vec::into_iter);
    for reply in replies {
        let _ = reply.send(match &mut embeddings {
            Ok(embeddings) => Ok(embeddings.next().expect("counted")),
            Err(why) => Err(InferError::ModelFailed(why.clone())),
        });
    }
}
// ANCHOR_END: collect

// ANCHOR: fill
// ANCHOR_END: fill

// ANCHOR: run
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
