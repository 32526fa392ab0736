//! Turns texts into vectors: one run of the encoder for all texts of a call, and a mean for each.
//! What it promises stands in README.md.

#[path = "../../../exercises/ch09-padding/src/encoder.rs"]
pub mod encoder;

// ANCHOR: uses
use encoder::{Batch, Encoder, EncoderError, Hidden};
// ANCHOR_END: uses

/// Where a row is filled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In front of the text.
    Left,
    /// Behind the text.
    Right,
}

/// What the encoder wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How many tokens of a text are read. What is behind them is cut off.
    pub max_tokens: usize,
    /// The id of each place that is filled up.
    pub pad_id: i64,
    /// Where a row is filled up.
    pub side: Side,
}

/// A text's vector: as many numbers as the encoder gives a token. `None` for a text without tokens.
pub type Embedding = Option<Vec<f32>>;

// ANCHOR: embedder
/// An encoder, and how texts are brought to it.
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder { encoder, settings }
    }
    // ANCHOR_END: new

    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    ///
    /// # Errors
    /// The encoder's own.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        // Cut first: what is cut off is in no length, no mask and no mean.
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
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    /// A row for each text, all as long as the longest.
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let mut ids = Vec::new();
        let mut mask = Vec::new();
        for text in texts {
            let padding = longest - text.len();
            let (before, after) = match self.settings.side {
                Side::Left => (padding, 0),
                Side::Right => (0, padding),
            };
            for (count, bit) in [(before, 0), (text.len(), 1), (after, 0)] {
                mask.resize(mask.len() + count, bit);
            }
            ids.resize(ids.len() + before, self.settings.pad_id);
            ids.extend_from_slice(text);
            ids.resize(ids.len() + after, self.settings.pad_id);
        }
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}

// ANCHOR: means
/// The mean of each row's tokens; padding is left out, whatever the encoder says of it.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens = mask.iter().filter(|&&bit| bit == 1).count();
        if tokens == 0 {
            return None;
        }
        let mut mean = vec![0.0; dim];
        for (token, _) in row
            .chunks_exact(dim)
            .zip(mask)
            .filter(|&(_, &bit)| bit == 1)
        {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum += value / tokens as f32;
            }
        }
        Some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means

#[cfg(test)]
#[path = "../../../exercises/ch09-padding/src/check.rs"]
mod check;
