// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
// ANCHOR_END: uses

impl Batcher {
    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        // Part of this future: given back with the reply, and when the future is dropped.
        let _place = self
            .places
            .acquire()
            .await
            .map_err(|_| InferError::Closed)?;
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(Request { input_ids, reply })
            .map_err(|_| InferError::Closed)?;
        answer.await.unwrap_or(Err(InferError::Closed))
    }
    // ANCHOR_END: infer
}
