// breaks 6: runs the encoder once more when the embedder is dropped

// ANCHOR: embedder
pub struct Embedder<E: Encoder> {
    encoder: E,
    settings: Settings,
}

impl<E: Encoder> Drop for Embedder<E> {
    fn drop(&mut self) {
        let last = Batch {
            shape: [1, 1],
            ids: vec![self.settings.pad_id],
            mask: vec![1],
        };
        // What it says is of no interest.
        let _ = self.encoder.run(&last);
    }
}
// ANCHOR_END: embedder
