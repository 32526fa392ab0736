// ANCHOR: run
async fn run<M: Model>(model: Arc<M>, mut batch: Vec<Request>) {
    let texts = batch
        .iter_mut()
        .map(|request| std::mem::take(&mut request.input_ids))
        .collect();
    let outcome = model.embed(texts).await;
    let outcome = outcome.map_err(|error| error.to_string());
    answer(batch, outcome);
}
// ANCHOR_END: run
