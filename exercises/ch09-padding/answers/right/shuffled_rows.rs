// keeps all: rows stand in an order that is another one in each call

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    calls: usize,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            calls: 0,
        }
    }
    // ANCHOR_END: new

    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }

        self.calls = self.calls.wrapping_add(1);
        let mut order: Vec<usize> = (0..texts.len()).collect();
        let mut state = self.calls;
        for place in (1..order.len()).rev() {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
            order.swap(place, state % (place + 1));
        }
        let rows: Vec<&[i64]> = order.iter().map(|&text| texts[text]).collect();
        let batch = self.batch(&rows, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors = vec![None; texts.len()];
        for (vector, text) in means(&hidden, &batch.mask).into_iter().zip(order) {
            vectors[text] = vector;
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
