// keeps all: knows each text's place in its row and needs no mask for the mean

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
        let Hidden {
            shape: [_, _, dim],
            values,
        } = self.encoder.run(&batch)?;
        let of_text = |(row, text): (usize, &&[i64])| {
            let start = match self.settings.side {
                Side::Left => longest - text.len(),
                Side::Right => 0,
            };
            let first = (row * longest + start) * dim;
            mean(&values[first..first + text.len() * dim], dim)
        };
        Ok(texts.iter().enumerate().map(of_text).collect())
    }
    // ANCHOR_END: embed
}

// ANCHOR: means
fn mean(tokens: &[f32], dim: usize) -> Embedding {
    let count = tokens.len() / dim;
    let column = |d: usize| {
        tokens
            .iter()
            .skip(d)
            .step_by(dim)
            .map(|&x| x / count as f32)
            .sum()
    };
    if count == 0 {
        None
    } else {
        Some((0..dim).map(column).collect())
    }
}
// ANCHOR_END: means
