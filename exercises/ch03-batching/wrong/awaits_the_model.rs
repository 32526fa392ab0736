// ANCHOR: uses
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, TryAcquireError, mpsc, oneshot, watch};
use tokio::time::{Instant, timeout_at};
// ANCHOR_END: uses

// ANCHOR: collect
async fn collect<M: Model>(
    config: Config,
    model: Arc<M>,
    mut queue: mpsc::UnboundedReceiver<Request>,
    stop: &Notify,
) {
    loop {
        let first = tokio::select! {
            // Looked at first, or a steady stream of requests could hide it.
            biased;
            () = stop.notified() => {
                queue.close();
                queue.recv().await
            }
            request = queue.recv() => request,
        };
        let Some(first) = first else { break };
        let batch = fill(config, first, &mut queue).await;
        if !batch.is_empty() {
            run(Arc::clone(&model), batch).await;
        }
    }
}
// ANCHOR_END: collect
