// keeps all: the exponent in the bits says what is finite, and everything but the sign what is 0

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
    const EXPONENT: u32 = 0x7f80_0000;
    const SIGN: u32 = 1 << 31;
    let bits = || vector.iter().map(|x| x.to_bits());
    if bits().any(|bits| bits & EXPONENT == EXPONENT) || bits().all(|bits| bits & !SIGN == 0) {
        return None;
    }
    let mut squares = 0.0_f64;
    for &x in vector {
        squares = f64::from(x).mul_add(f64::from(x), squares);
    }
    Some(squares.sqrt())
}
// ANCHOR_END: cosine
