// keeps all: writes 0 over what the encoder says of padding, then sums every place

// ANCHOR: uses
use encoder::{Batch, Encoder, EncoderError};
// ANCHOR_END: uses

impl<E: Encoder> Embedder<E> {
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

        let batch = self.batch(&texts, longest);
        let mut hidden = self.encoder.run(&batch)?;
        let dim = hidden.shape[2];
        for (place, token) in hidden.values.chunks_exact_mut(dim).enumerate() {
            if batch.mask[place] == 0 {
                token.fill(0.0);
            }
        }
        Ok(texts
            .iter()
            .zip(hidden.values.chunks_exact(longest * dim))
            .map(|(text, row)| {
                let mut sums = vec![0.0; dim];
                for (at, value) in row.iter().enumerate() {
                    sums[at % dim] += value;
                }
                for sum in &mut sums {
                    *sum /= text.len() as f32;
                }
                (!text.is_empty()).then_some(sums)
            })
            .collect())
    }
    // ANCHOR_END: embed
}

// ANCHOR: means

// ANCHOR_END: means
