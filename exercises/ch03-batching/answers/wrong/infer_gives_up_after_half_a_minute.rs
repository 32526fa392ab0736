// breaks 5: `infer` gives up after 30 s

impl Batcher {
    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        // Part of this future: given back with the reply, and when the future is dropped.
        let _place = self.places.try_acquire().map_err(|refused| match refused {
            TryAcquireError::NoPermits => InferError::Overloaded,
            TryAcquireError::Closed => InferError::Closed,
        })?;
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(Request { input_ids, reply })
            .map_err(|_| InferError::Closed)?;
        match tokio::time::timeout(Duration::from_secs(30), answer).await {
            Ok(answer) => answer.unwrap_or(Err(InferError::Closed)),
            Err(_) => Err(InferError::ModelFailed("it takes too long".to_owned())),
        }
    }
    // ANCHOR_END: infer
}
