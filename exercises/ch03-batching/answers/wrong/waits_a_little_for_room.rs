// breaks 7: a request that finds no room waits 10 ms for it

impl Batcher {
    // ANCHOR: infer
    /// The embedding of one text, computed in a batch with others. A client that goes away, and so drops
    /// this future, gives its place back.
    pub async fn infer(&self, input_ids: InputIds) -> Result<Embedding, InferError> {
        // Part of this future: given back with the reply, and when the future is dropped.
        let _place =
            match tokio::time::timeout(Duration::from_millis(10), self.places.acquire()).await {
                Ok(place) => place.map_err(|_| TryAcquireError::Closed),
                Err(_) => Err(TryAcquireError::NoPermits),
            }
            .map_err(|refused| match refused {
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
