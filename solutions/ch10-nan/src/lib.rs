//! Where a service's scores become a choice: the documents that fit a query, and the next token of a model.
//! What it promises stands in the exercise's `README.md`.

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
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => ranking.hits.push(Hit { row, score }),
            None => ranking.left_out.push(row),
        }
    }
    // Every score is a number now, so this is an order, and the sort keeps equal scores in the order of their rows.
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank

// ANCHOR: cosine
/// `None` if the two have no angle: they differ in dimension, or the document has no direction.
fn cosine(query: &[f32], query_norm: f64, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return None;
    }
    let norms = query_norm * norm(document)?;
    let pairs = query.iter().zip(document);
    let dot: f64 = pairs.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    Some((dot / norms) as f32)
}

/// In f64, where no square of an f32 is too large or too small. `None` if the vector has no direction: it is empty, only
/// zeros, or not finite.
fn norm(vector: &[f32]) -> Option<f64> {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    // NaN is not greater than 0 either.
    (squares > 0.0 && squares.is_finite()).then(|| squares.sqrt())
}
// ANCHOR_END: cosine

// ANCHOR: sample
/// Draws a token by the softmax of `logits / temperature`. `logits` has shape `[vocabulary]`, -infinity masks a
/// token. `draw` is a random number from 0 to 1, 1 excluded. A temperature of 0 gives the most likely token.
///
/// # Errors
/// [`Error::Logit`], [`Error::NoToken`], [`Error::Temperature`]: see there.
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    // What may be, instead of what may not: NaN is neither less than 0 nor at least 0.
    if !(temperature >= 0.0 && temperature.is_finite()) {
        return Err(Error::Temperature);
    }
    if !logits.iter().all(|&logit| logit < f32::INFINITY) {
        return Err(Error::Logit);
    }
    // No NaN is left that `max` could hide.
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return Err(Error::NoToken);
    }
    if temperature == 0.0 {
        let best = logits.iter().position(|&logit| logit == highest);
        return best.ok_or(Error::NoToken);
    }

    let weights = weights(logits, highest, temperature);
    let mut rest = f64::from(draw) * weights.iter().sum::<f64>();
    let mut last = Err(Error::NoToken);
    for (token, &weight) in weights.iter().enumerate() {
        // A weight of 0 is never drawn, not even where rounding leaves a rest.
        if weight > 0.0 {
            last = Ok(token);
            if rest < weight {
                break;
            }
        }
        rest -= weight;
    }
    last
}
// ANCHOR_END: sample

// ANCHOR: softmax
/// What each token weighs, shape `[vocabulary]`: 1 for the likeliest, 0 for a masked one. Divided by their sum these are
/// the probabilities.
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let weight = |&logit: &f32| {
        // Subtract first, divide afterwards: at most 0, so `exp` is at most 1, and there is no infinity less infinity.
        let distance = f64::from(logit) - f64::from(highest);
        (distance / f64::from(temperature)).exp()
    };
    logits.iter().map(weight).collect()
}
// ANCHOR_END: softmax

#[cfg(test)]
#[path = "../../../exercises/ch10-nan/src/check.rs"]
mod check;
