// breaks 1: multiplies by the inverse of the largest component: that of 1e-45 is infinite

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
    let largest = vector
        .iter()
        .fold(0.0_f32, |largest, x| largest.max(x.abs()));
    let inverse = 1.0 / largest;
    let squares: f32 = vector.iter().map(|x| (x * inverse).powi(2)).sum();
    (squares > 0.0 && squares.is_finite()).then(|| f64::from(squares.sqrt()) * f64::from(largest))
}
// ANCHOR_END: cosine
