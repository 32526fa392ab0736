// breaks 3: max_wait is cut to a minute

// ANCHOR: fill
/// The batch that begins with `first`, without requests whose clients went away: empty if all did.
async fn fill(
    config: Config,
    first: Request,
    queue: &mut mpsc::UnboundedReceiver<Request>,
) -> Vec<Request> {
    // One moment for the whole batch: it does not move when another request comes.
    let leaves = Instant::now() + config.max_wait.min(Duration::from_secs(60));
    let mut batch = vec![first];
    while batch.len() < config.max_batch {
        match timeout_at(leaves, queue.recv()).await {
            Ok(Some(request)) => batch.push(request),
            Ok(None) | Err(_) => break,
        }
        if batch.len() == config.max_batch {
            // Nobody waits for these any more: they keep no room from the others.
            batch.retain(|request| !request.reply.is_closed());
        }
    }
    batch.retain(|request| !request.reply.is_closed());
    batch
}
// ANCHOR_END: fill
