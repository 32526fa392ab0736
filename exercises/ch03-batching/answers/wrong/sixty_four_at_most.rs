// breaks 2: no batch has more than 64 texts

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
        if !batch.is_empty() {
            // Not awaited here: this task has the next batch to collect.
            running.spawn(run(Arc::clone(&model), batch));
        }
        while running.try_join_next().is_some() {}
    }
    while running.join_next().await.is_some() {}
}

/// Nobody is in a batch whose clients all went away.
async fn fill(
    config: Config,
    first: Request,
    queue: &mut mpsc::UnboundedReceiver<Request>,
) -> Vec<Request> {
    // One moment for the whole batch: it does not move when another request comes.
    let leaves = Instant::now() + config.max_wait;
    let mut batch = vec![first];
    let max_batch = config.max_batch.min(64);
    loop {
        if batch.len() == max_batch {
            // Work for clients that went away takes no room from the others.
            batch.retain(|request| !request.reply.is_closed());
        }
        if batch.len() == max_batch {
            break;
        }
        match timeout_at(leaves, queue.recv()).await {
            Ok(Some(request)) => batch.push(request),
            Ok(None) | Err(_) => break,
        }
    }
    batch.retain(|request| !request.reply.is_closed());
    batch
}
// ANCHOR_END: collect
