// keeps all: one actor owns texts, replies and counts; a place is free when the batch is done

// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::{Id, JoinSet};
use tokio::time::{Instant, sleep_until};
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    to_actor: UnboundedSender<Message>,
}

#[derive(Debug)]
enum Message {
    Infer(InputIds, Reply),
    Shutdown(oneshot::Sender<()>),
}

type Reply = oneshot::Sender<Result<Embedding, InferError>>;

/// Owns all state: nothing is shared.
struct Actor<M> {
    config: Config,
    model: Arc<M>,
    texts: Vec<InputIds>,
    replies: Vec<Reply>,
    leaves: Option<Instant>,
    at_model: Vec<(Id, Vec<Reply>)>,
    running: JoinSet<Result<Vec<Embedding>, ModelError>>,
    inside: usize,
    stopping: Vec<oneshot::Sender<()>>,
    closed: bool,
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (to_actor, messages) = unbounded_channel();
        let actor = Actor {
            config,
            model: Arc::new(model),
            texts: Vec::new(),
            replies: Vec::new(),
            leaves: None,
            at_model: Vec::new(),
            running: JoinSet::new(),
            inside: 0,
            stopping: Vec::new(),
            closed: false,
        };
        tokio::spawn(actor.act(messages));
        Batcher { to_actor }
    }
    // ANCHOR_END: start

    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        let (reply, answer) = oneshot::channel();
        let _ = self.to_actor.send(Message::Infer(input_ids, reply));
        answer.await.unwrap_or(Err(InferError::Closed))
    }
    // ANCHOR_END: infer

    // ANCHOR: shutdown
    /// Takes no more requests; returns once every request that was taken in is answered.
    pub async fn shutdown(self) {
        let (done, end) = oneshot::channel();
        let _ = self.to_actor.send(Message::Shutdown(done));
        let _ = end.await;
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
impl<M: Model> Actor<M> {
    async fn act(mut self, mut messages: UnboundedReceiver<Message>) {
        loop {
            let leaves = self.leaves;
            let late = async move {
                match leaves {
                    Some(leaves) => sleep_until(leaves).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                Some(ended) = self.running.join_next_with_id() => match ended {
                    Ok((id, outcome)) => self.answer(id, outcome.map_err(|error| error.to_string())),
                    Err(error) => self.answer(error.id(), Err(error.to_string())),
                },
                () = late => self.send_off(),
                message = messages.recv() => match message {
                    Some(Message::Infer(text, reply)) => self.take_in(text, reply),
                    Some(Message::Shutdown(done)) => {
                        self.closed = true;
                        self.stopping.push(done);
                        self.send_off();
                    }
                    None if self.inside == 0 => return,
                    None => {
                        self.send_off();
                        if let Some(ended) = self.running.join_next_with_id().await {
                            match ended {
                                Ok((id, outcome)) => {
                                    self.answer(id, outcome.map_err(|error| error.to_string()));
                                }
                                Err(error) => self.answer(error.id(), Err(error.to_string())),
                            }
                        }
                    }
                },
            }
            if self.inside == 0 {
                for done in self.stopping.drain(..) {
                    let _ = done.send(());
                    messages.close();
                }
            }
        }
    }

    fn take_in(&mut self, text: InputIds, reply: Reply) {
        if self.closed {
            let _ = reply.send(Err(InferError::Closed));
            return;
        }
        if self.inside == self.config.capacity {
            let _ = reply.send(Err(InferError::Overloaded));
            return;
        }
        self.inside += 1;
        self.texts.push(text);
        self.replies.push(reply);
        if self.texts.len() == 1 {
            self.leaves = Some(Instant::now() + self.config.max_wait);
        }
        if self.texts.len() == self.config.max_batch {
            self.send_off();
        }
    }

    fn send_off(&mut self) {
        self.leaves = None;
        if self.texts.is_empty() {
            return;
        }
        let texts = std::mem::take(&mut self.texts);
        let replies = std::mem::take(&mut self.replies);
        let model = Arc::clone(&self.model);
        let task = self.running.spawn(async move { model.embed(texts).await });
        self.at_model.push((task.id(), replies));
    }

    fn answer(&mut self, id: Id, outcome: Result<Vec<Embedding>, String>) {
        let index = self.at_model.iter().position(|(task, _)| *task == id);
        let (_, replies) = self
            .at_model
            .swap_remove(index.expect("a task of this actor"));
        let outcome = outcome.and_then(|embeddings| {
            if embeddings.len() == replies.len() {
                Ok(embeddings)
            } else {
                Err(format!("{} embeddings", embeddings.len()))
            }
        });
        for (index, reply) in replies.into_iter().enumerate() {
            self.inside -= 1;
            let _ = reply.send(match &outcome {
                Ok(embeddings) => Ok(embeddings[index].clone()),
                Err(why) => Err(InferError::ModelFailed(why.clone())),
            });
        }
    }
}
// ANCHOR_END: collect

// ANCHOR: fill
// ANCHOR_END: fill

// ANCHOR: run
// ANCHOR_END: run

// ANCHOR: answer
// ANCHOR_END: answer
