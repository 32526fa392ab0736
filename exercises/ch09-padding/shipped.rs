//! Turns texts into vectors: one run of the encoder for all texts of a call, and a mean for each.
//! What it promises stands in README.md.

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
        let batch = self.batch(texts);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden))
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    /// A row for each text, all as long as the longest.
    fn batch(&self, texts: &[Vec<i64>]) -> Batch {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let seq = longest.min(self.settings.max_tokens);
        let mut ids = Vec::new();
        for text in texts {
            let padding = vec![self.settings.pad_id; longest - text.len()];
            let mut row = match self.settings.side {
                Side::Left => [padding, text.clone()].concat(),
                Side::Right => [text.clone(), padding].concat(),
            };
            row.truncate(seq);
            ids.extend(row);
        }
        // Each place has an id now.
        let mask = vec![1; ids.len()];
        Batch {
            shape: [texts.len(), seq],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}

// ANCHOR: means
/// The mean of each row's tokens.
fn means(hidden: &Hidden) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |row: &[f32]| {
        let mut mean = vec![0.0; dim];
        for token in row.chunks_exact(dim) {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum += value / seq as f32;
            }
        }
        Some(mean)
    };
    hidden.values.chunks_exact(seq * dim).map(mean).collect()
}
// ANCHOR_END: means

#[cfg(test)]
mod check;
