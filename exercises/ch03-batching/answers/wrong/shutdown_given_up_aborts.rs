// breaks 11: the batches belong to the shutdown: who gives it up aborts them

// ANCHOR: state
/// A handle to a running batcher. Clones lead to the same one.
#[derive(Debug, Clone)]
pub struct Batcher {
    /// Without a bound of its own: `places` bounds what is in it.
    requests: mpsc::UnboundedSender<Request>,
    /// One permit for each request that may be inside.
    places: Arc<Semaphore>,
    stop: Arc<Notify>,
    running: Arc<std::sync::Mutex<JoinSet<()>>>,
    /// Closed once the collecting task has ended, and every batch with it.
    ended: watch::Receiver<()>,
}

#[derive(Debug)]
struct Request {
    input_ids: InputIds,
    /// Leads to the one client that waits for this text's embedding; closed if it went away.
    reply: oneshot::Sender<Result<Embedding, InferError>>,
}
// ANCHOR_END: state

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime. It stays there: its time is `tokio::time`, and it
    /// has no threads of its own.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (requests, queue) = mpsc::unbounded_channel();
        let (end, ended) = watch::channel(());
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let running = Arc::<std::sync::Mutex<JoinSet<()>>>::default();
        let batches = Arc::clone(&running);
        tokio::spawn(async move {
            collect(config, Arc::new(model), queue, &stopped, &batches).await;
            drop(end);
        });
        Batcher {
            requests,
            places: Arc::new(Semaphore::new(config.capacity)),
            stop,
            running,
            ended,
        }
    }
    // ANCHOR_END: start

    // ANCHOR: shutdown
    /// Takes no more requests, from no handle; returns once every request that was taken in is answered.
    pub async fn shutdown(mut self) {
        self.places.close();
        self.stop.notify_one();
        // An error is what it waits for: the sender is gone.
        let _ = self.ended.changed().await;
        let mut running = std::mem::take(&mut *self.running.lock().unwrap());
        while running.join_next().await.is_some() {}
    }
    // ANCHOR_END: shutdown
}

// ANCHOR: collect
async fn collect<M: Model>(
    config: Config,
    model: Arc<M>,
    mut queue: mpsc::UnboundedReceiver<Request>,
    stop: &Notify,
    running: &std::sync::Mutex<JoinSet<()>>,
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
            // Not awaited here: this task has the next batch to collect.
            running
                .lock()
                .unwrap()
                .spawn(run(Arc::clone(&model), batch));
        }
    }
}
// ANCHOR_END: collect
