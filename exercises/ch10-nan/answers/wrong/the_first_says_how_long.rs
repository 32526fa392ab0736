// breaks 1: all documents must be as long as the first, or as the query

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document).filter(|_| document.len() == documents[0].len()) {
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
    if document.is_empty() {
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
