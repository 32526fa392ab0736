//! Where a service's scores become a choice: the documents that fit a query, and the next token of a model.
//! What it promises stands in `README.md`.

// ANCHOR: uses
use std::cmp::Ordering;
// ANCHOR_END: uses

/// A document that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its place in the slice of documents, from 0.
    pub row: usize,
    /// Cosine of the angle to the query, from -1 to 1; 1 is the same direction.
    pub score: f32,
}

/// What a query finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranking {
    /// The best documents, best first.
    pub hits: Vec<Hit>,
    /// Rows of the documents that have no score, ascending.
    pub left_out: Vec<usize>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The query has no direction: no components, one that is not finite, or only zeros.
    Query,
    /// A logit is NaN or +infinity.
    Logit,
    /// No token can be drawn: there are no logits, or all are -infinity.
    NoToken,
    /// The temperature is negative, NaN or infinite.
    Temperature,
}

// ANCHOR: rank
/// The `limit` documents that are closest to the query. Query and documents have shape `[dimension]`.
///
/// # Errors
/// [`Error::Query`] if the query has no direction.
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let mut hits: Vec<Hit> = documents
        .iter()
        .enumerate()
        .map(|(row, document)| Hit {
            row,
            score: cosine(query, document),
        })
        .collect();
    hits.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
    hits.truncate(limit);
    Ok(Ranking {
        hits,
        left_out: Vec::new(),
    })
}
// ANCHOR_END: rank

// ANCHOR: cosine
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
    dot / (norm(a) * norm(b))
}

fn norm(vector: &[f32]) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}
// ANCHOR_END: cosine

// ANCHOR: sample
/// Draws a token by the softmax of `logits / temperature`. `logits` has shape `[vocabulary]`, -infinity masks a
/// token. `draw` is a random number from 0 to 1, 1 excluded. A temperature of 0 gives the most likely token.
///
/// # Errors
/// [`Error::Logit`], [`Error::NoToken`], [`Error::Temperature`]: see there.
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    if temperature == 0.0 {
        let best = logits
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.partial_cmp(b.1).unwrap_or(Ordering::Equal));
        return best.map(|(token, _)| token).ok_or(Error::NoToken);
    }
    let weights = softmax(logits, temperature);
    let mut below = 0.0;
    for (token, weight) in weights.iter().enumerate() {
        below += weight;
        if draw <= below {
            return Ok(token);
        }
    }
    // Rounding may leave a little below 1.
    logits.len().checked_sub(1).ok_or(Error::NoToken)
}
// ANCHOR_END: sample

// ANCHOR: softmax
/// Probabilities, shape `[vocabulary]`.
fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let weights: Vec<f32> = logits
        .iter()
        .map(|logit| (logit / temperature).exp())
        .collect();
    let sum: f32 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
// ANCHOR_END: softmax

#[cfg(test)]
mod check;
