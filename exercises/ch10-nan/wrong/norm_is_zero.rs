// ANCHOR: cosine
/// `None` if the two have no angle.
fn cosine(query: &[f32], query_norm: f32, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return None;
    }
    let norms = query_norm * norm(document)?;
    let dot: f32 = query.iter().zip(document).map(|(x, y)| x * y).sum();
    Some(dot / norms)
}

/// `None` if the vector has no direction.
fn norm(vector: &[f32]) -> Option<f32> {
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm == 0.0 {
        return None;
    }
    Some(norm)
}
// ANCHOR_END: cosine
