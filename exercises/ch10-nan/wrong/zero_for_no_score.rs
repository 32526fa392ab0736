// ANCHOR: cosine
/// 0 where the two have no angle.
fn cosine(query: &[f32], query_norm: f64, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return Some(0.0);
    }
    let Some(norm) = norm(document) else {
        return Some(0.0);
    };
    let pairs = query.iter().zip(document);
    let dot: f64 = pairs.map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    Some((dot / (query_norm * norm)) as f32)
}

/// `None` if the vector has no direction.
fn norm(vector: &[f32]) -> Option<f64> {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    (squares > 0.0 && squares.is_finite()).then(|| squares.sqrt())
}
// ANCHOR_END: cosine
