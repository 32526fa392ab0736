// breaks 5, 9: replies of clients that went away are taken out by swap_remove after the texts were taken

// ANCHOR: answer
/// Answers everyone, with an error if need be.
fn answer(mut batch: Vec<Request>, outcome: Result<Vec<Embedding>, String>) {
    let count = batch.len();
    let mut index = 0;
    while index < batch.len() {
        if batch[index].reply.is_closed() {
            batch.swap_remove(index);
        } else {
            index += 1;
        }
    }
    let answers: Vec<_> = match outcome {
        Ok(embeddings) if embeddings.len() == count => embeddings.into_iter().map(Ok).collect(),
        Ok(embeddings) => {
            vec![Err(format!("{} embeddings for {count} texts", embeddings.len())); count]
        }
        Err(why) => vec![Err(why); count],
    };
    for (request, answer) in batch.into_iter().zip(answers) {
        // Fails if the client went away: then nobody is left to tell.
        let _ = request.reply.send(answer.map_err(InferError::ModelFailed));
    }
}
// ANCHOR_END: answer
