// breaks 6: runs the encoder once before the first call

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(mut encoder: E, settings: Settings) -> Embedder<E> {
        let warm = Batch {
            shape: [1, 1],
            ids: vec![settings.pad_id],
            mask: vec![1],
        };
        // What it says is of no interest.
        let _ = encoder.run(&warm);
        Embedder { encoder, settings }
    }
    // ANCHOR_END: new
}
