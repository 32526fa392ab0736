// breaks 2: no batch has more than 64 texts

// ANCHOR: fill
/// The batch that begins with `first`, without requests whose clients went away: empty if all did.
async fn fill(
    config: Config,
    first: Request,
    queue: &mut mpsc::UnboundedReceiver<Request>,
) -> Vec<Request> {
    // One moment for the whole batch: it does not move when another request comes.
    let leaves = Instant::now() + config.max_wait;
    let mut batch = vec![first];
    let max_batch = config.max_batch.min(64);
    while batch.len() < max_batch {
        match timeout_at(leaves, queue.recv()).await {
            Ok(Some(request)) => batch.push(request),
            Ok(None) | Err(_) => break,
        }
        if batch.len() == max_batch {
            // Nobody waits for these any more: they keep no room from the others.
            batch.retain(|request| !request.reply.is_closed());
        }
    }
    batch.retain(|request| !request.reply.is_closed());
    batch
}
// ANCHOR_END: fill
