// keeps all: components are scaled by the power of two of the largest: nothing is rounded

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
    let mut largest = 0.0;
    for &x in vector {
        match x.abs() {
            x if x > largest && x < f32::INFINITY => largest = x,
            x if x <= largest => {}
            _ => return None,
        }
    }
    if largest == 0.0 {
        return None;
    }
    let scale = f64::from_bits(f64::from(largest).to_bits() & (0x7ff << 52));
    let squares: f64 = vector.iter().map(|&x| (f64::from(x) / scale).powi(2)).sum();
    Some(squares.sqrt() * scale)
}
// ANCHOR_END: cosine
