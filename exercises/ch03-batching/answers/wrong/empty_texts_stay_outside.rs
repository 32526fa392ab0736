// breaks 5: an empty text is answered without the model

impl Batcher {
    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        if input_ids.is_empty() {
            return Ok(Embedding::new());
        }
        // Part of this future: given back with the reply, and when the future is dropped.
        let _place = self.places.try_acquire().map_err(|refused| match refused {
            TryAcquireError::NoPermits => InferError::Overloaded,
            TryAcquireError::Closed => InferError::Closed,
        })?;
        let (reply, answer) = oneshot::channel();
        self.requests
            .send(Request { input_ids, reply })
            .map_err(|_| InferError::Closed)?;
        answer.await.unwrap_or(Err(InferError::Closed))
    }
    // ANCHOR_END: infer
}
