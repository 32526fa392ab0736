// breaks 7: no more than 1024 requests are taken in

impl Batcher {
    // ANCHOR: start
    /// Starts a batcher on the current tokio runtime. It stays there: its time is `tokio::time`, and it
    /// has no threads of its own.
    pub fn start<M: Model>(config: Config, model: M) -> Batcher {
        let (requests, queue) = mpsc::unbounded_channel();
        let (end, ended) = watch::channel(());
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        tokio::spawn(async move {
            collect(config, Arc::new(model), queue, &stopped).await;
            drop(end);
        });
        Batcher {
            requests,
            places: Arc::new(Semaphore::new(config.capacity.min(1024))),
            stop,
            ended,
        }
    }
    // ANCHOR_END: start
}
