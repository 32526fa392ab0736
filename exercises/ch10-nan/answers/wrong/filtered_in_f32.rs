// breaks 1: NaN is left out, and in f32 that is what large and small components give too

// ANCHOR: cosine
fn cosine(query: &[f32], query_norm: f32, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return None;
    }
    let dot: f32 = query.iter().zip(document).map(|(x, y)| x * y).sum();
    let score = dot / (query_norm * norm(document)?);
    (!score.is_nan()).then_some(score)
}

fn norm(vector: &[f32]) -> Option<f32> {
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    (norm > 0.0 && norm.is_finite()).then_some(norm)
}
// ANCHOR_END: cosine
