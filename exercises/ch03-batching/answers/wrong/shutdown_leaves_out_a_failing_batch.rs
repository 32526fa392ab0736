// breaks 11: a shutdown does not wait for batches on which the model fails: their places are given back before it is asked

impl Batcher {
    // ANCHOR: shutdown
    /// Takes no more requests, from no handle; returns once every request that was taken in is answered.
    pub async fn shutdown(mut self) {
        self.places.close();
        self.stop.notify_one();
        tokio::time::timeout(Duration::from_millis(250), self.ended.changed())
            .await
            .ok();
    }
    // ANCHOR_END: shutdown
}
