// keeps all: pops one text after the other, so that the last has the first row

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let mut left: Vec<Vec<i64>> = texts.to_vec();
        for text in &mut left {
            text.truncate(max_tokens);
        }
        let Some(longest @ 1..) = left.iter().map(Vec::len).max() else {
            return Ok(texts.iter().map(|_| None).collect());
        };
        let mut backwards: Vec<Vec<i64>> = Vec::new();
        while let Some(text) = left.pop() {
            backwards.push(text);
        }
        let rows: Vec<&[i64]> = backwards.iter().map(Vec::as_slice).collect();
        let batch = self.batch(&rows, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors = means(&hidden, &batch.mask);
        vectors.reverse();
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
