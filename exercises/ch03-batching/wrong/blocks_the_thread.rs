// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, TryAcquireError, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
// ANCHOR_END: uses

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    /// Without a bound of its own: `places` bounds what is in it.
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
    reply: std::sync::mpsc::Sender<Result<Embedding, InferError>>,
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        // Part of this future: given back with the reply, and when the future is dropped.
        let _place = self.places.try_acquire().map_err(|refused| match refused {
            TryAcquireError::NoPermits => InferError::Overloaded,
            TryAcquireError::Closed => InferError::Closed,
        })?;
        let (reply, answer) = std::sync::mpsc::channel();
        self.requests
            .send(Request { input_ids, reply })
            .map_err(|_| InferError::Closed)?;
        answer.recv().unwrap_or(Err(InferError::Closed))
    }
    // ANCHOR_END: infer
}

// ANCHOR: fill
/// The batch that begins with `first`.
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
    }
    batch
}
// ANCHOR_END: fill
