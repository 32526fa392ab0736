// ANCHOR: answer
/// Answers everyone, with an error if need be.
fn answer(batch: Vec<Request>, outcome: Result<Vec<Embedding>, String>) {
    let count = batch.len();
    let answers: Vec<_> = match outcome {
        Ok(embeddings) if embeddings.len() == count => embeddings.into_iter().map(Ok).collect(),
        Ok(embeddings) => {
            vec![Err(format!("{} embeddings for {count} texts", embeddings.len())); count]
        }
        Err(why) => vec![Err(why); count],
    };
    for (request, answer) in batch.into_iter().zip(answers) {
        let sent = request.reply.send(answer.map_err(InferError::ModelFailed));
        sent.expect("the client waits for its reply");
    }
}
// ANCHOR_END: answer
