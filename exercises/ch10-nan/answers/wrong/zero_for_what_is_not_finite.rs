// breaks 1: a component that is not finite counts as 0

// ANCHOR: cosine
fn cosine(query: &[f32], query_norm: f64, document: &[f32]) -> Option<f32> {
    if query.len() != document.len() {
        return None;
    }
    let finite = |x: f32| if x.is_finite() { f64::from(x) } else { 0.0 };
    let squares: f64 = document.iter().map(|&x| finite(x).powi(2)).sum();
    let dot: f64 = query
        .iter()
        .zip(document)
        .map(|(&x, &y)| f64::from(x) * finite(y))
        .sum();
    (squares > 0.0).then(|| (dot / (query_norm * squares.sqrt())) as f32)
}

fn norm(vector: &[f32]) -> Option<f64> {
    let squares: f64 = vector.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
    // NaN is not greater than 0 either.
    (squares > 0.0 && squares.is_finite()).then(|| squares.sqrt())
}
// ANCHOR_END: cosine
