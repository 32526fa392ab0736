// breaks 2: compares in f64 and reports f32: scores that are equal there are not in the order of their rows

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    let mut found = Vec::new();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => found.push((score, row)),
            None => ranking.left_out.push(row),
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let hits = found.into_iter().map(|(score, row)| Hit {
        row,
        score: score as f32,
    });
    ranking.hits.extend(hits);
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank

// ANCHOR: cosine
/// `None` if the two have no angle: they differ in dimension, or the document has no direction.
fn cosine(query: &[f32], query_norm: f64, document: &[f32]) -> Option<f64> {
    if query.len() != document.len() {
        return None;
    }
    let norms = query_norm * norm(document)?;
    let pairs = query.iter().zip(document);
    let dot: f64 = pairs.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    Some(dot / norms)
}

/// In f64, where no square of an f32 is too large or too small. `None` if the vector has no direction: it is empty, only
/// zeros, or not finite.
fn norm(vector: &[f32]) -> Option<f64> {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    // NaN is not greater than 0 either.
    (squares > 0.0 && squares.is_finite()).then(|| squares.sqrt())
}
// ANCHOR_END: cosine
