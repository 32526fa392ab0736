// breaks 1: documents are kept in 8 bits a component

// ANCHOR: cosine
/// `None` if the two have no angle: they differ in dimension, or the document has no direction.
fn cosine(query: &[f32], query_norm: f64, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return None;
    }
    norm(document)?;
    let largest = document
        .iter()
        .fold(0.0_f32, |largest, x| largest.max(x.abs()));
    let document: Vec<f32> = document
        .iter()
        .map(|&x| (f64::from(x) / f64::from(largest) * 127.0).round() as f32)
        .collect();
    let norms = query_norm * norm(&document)?;
    let pairs = query.iter().zip(&document);
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
