// breaks 5: keeps the closing token of a text that is cut

// ANCHOR: uses
use encoder::{Batch, Encoder, EncoderError, Hidden};
use std::borrow::Cow;
// ANCHOR_END: uses

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let cut: Vec<Cow<'_, [i64]>> = texts
            .iter()
            .map(|text| match (text.last(), max_tokens) {
                (Some(&last), 2..) if text.len() > max_tokens => {
                    let mut cut = text[..max_tokens - 1].to_vec();
                    cut.push(last);
                    Cow::Owned(cut)
                }
                _ => Cow::Borrowed(&text[..text.len().min(max_tokens)]),
            })
            .collect();
        let texts: Vec<&[i64]> = cut.iter().map(|text| &text[..]).collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
