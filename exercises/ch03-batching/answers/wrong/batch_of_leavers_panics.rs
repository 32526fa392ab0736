// breaks 9, 5: a batch whose clients all went away ends the collecting task

// ANCHOR: collect
async fn collect<M: Model>(
    config: Config,
    model: Arc<M>,
    mut queue: mpsc::UnboundedReceiver<Request>,
    stop: &Notify,
) {
    let mut running = JoinSet::new();
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
        assert!(!batch.is_empty(), "a batch has a first text");
        {
            // Not awaited here: this task has the next batch to collect.
            running.spawn(run(Arc::clone(&model), batch));
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}
// ANCHOR_END: collect
