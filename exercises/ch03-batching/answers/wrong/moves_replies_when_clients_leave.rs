// breaks 5, 9: replies of clients that went away are taken out by swap_remove after the texts were taken

// ANCHOR: run
async fn run<M: Model>(model: Arc<M>, mut batch: Vec<Request>) {
    let texts = batch
        .iter_mut()
        .map(|request| std::mem::take(&mut request.input_ids))
        .collect();
    // On a task of its own: a panic ends the task that it happens on.
    let outcome = match tokio::spawn(async move { model.embed(texts).await }).await {
        Ok(Ok(embeddings)) if embeddings.len() == batch.len() => Ok(embeddings),
        Ok(Ok(embeddings)) => Err(format!(
            "{} embeddings for {} texts",
            embeddings.len(),
            batch.len()
        )),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => Err(panic.to_string()),
    };
    let mut index = 0;
    while index < batch.len() {
        if batch[index].reply.is_closed() {
            batch.swap_remove(index);
        } else {
            index += 1;
        }
    }
    let answers: Vec<Result<Embedding, InferError>> = match outcome {
        Ok(embeddings) => embeddings.into_iter().map(Ok).collect(),
        Err(why) => vec![Err(InferError::ModelFailed(why)); batch.len()],
    };
    for (request, answer) in batch.into_iter().zip(answers) {
        // Fails if the client went away: then nobody is left to tell.
        let _ = request.reply.send(answer);
    }
}
// ANCHOR_END: run
