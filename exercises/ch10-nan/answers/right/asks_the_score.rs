// keeps all: in f64 only what has no direction gives NaN: the score itself is asked

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    if cosine(query, query).is_nan() {
        return Err(Error::Query);
    }
    let scores = documents.iter().map(|document| cosine(query, document));
    let scored = scores.enumerate().map(|(row, score)| Hit { row, score });
    let (mut hits, left_out): (Vec<Hit>, Vec<Hit>) = scored.partition(|hit| !hit.score.is_nan());
    hits.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap());
    hits.truncate(limit);
    let left_out = left_out.iter().map(|hit| hit.row).collect();
    Ok(Ranking { hits, left_out })
}
// ANCHOR_END: rank

// ANCHOR: cosine
/// NaN if the two have no angle.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return f32::NAN;
    }
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter()
            .zip(b)
            .map(|(&x, &y)| f64::from(x) * f64::from(y))
            .sum()
    };
    (dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()) as f32
}
// ANCHOR_END: cosine
