// breaks 1: skips where the query is 0, and an infinite norm makes a score of 0

// ANCHOR: cosine
/// `None` if the two have no angle: they differ in dimension, or the document has no direction.
fn cosine(query: &[f32], query_norm: f64, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return None;
    }
    let squares: f64 = document.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    let norms = query_norm * squares.sqrt();
    let pairs = query.iter().zip(document).filter(|(x, _)| **x != 0.0);
    let dot: f64 = pairs.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    let score = dot / norms;
    (!score.is_nan()).then_some(score as f32)
}

/// In f64, where no square of an f32 is too large or too small. `None` if the vector has no direction: it is empty, only
/// zeros, or not finite.
fn norm(vector: &[f32]) -> Option<f64> {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    // NaN is not greater than 0 either.
    (squares > 0.0 && squares.is_finite()).then(|| squares.sqrt())
}
// ANCHOR_END: cosine
