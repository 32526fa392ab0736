// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, TryAcquireError, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;
// ANCHOR_END: uses

// ANCHOR: fill
/// The batch that begins with `first`, without requests whose clients went away: empty if all did.
async fn fill(
    config: Config,
    first: Request,
    queue: &mut mpsc::UnboundedReceiver<Request>,
) -> Vec<Request> {
    let leaves = Instant::now() + config.max_wait;
    let mut batch = vec![first];
    while batch.len() < config.max_batch && Instant::now() < leaves {
        match queue.recv().await {
            Some(request) => batch.push(request),
            None => break,
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
