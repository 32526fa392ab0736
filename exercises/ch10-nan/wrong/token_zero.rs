// ANCHOR: sample
/// Draws a token by the softmax of `logits / temperature`.
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    if !(temperature >= 0.0 && temperature.is_finite()) {
        return Err(Error::Temperature);
    }
    if logits.is_empty() {
        return Err(Error::NoToken);
    }
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if temperature == 0.0 {
        return Ok(logits
            .iter()
            .position(|&logit| logit == highest)
            .unwrap_or(0));
    }
    let weights = weights(logits, highest, temperature);
    let sum = weights.iter().sum::<f64>();
    // A softmax that is not a number must not end the request.
    if !sum.is_finite() {
        return Ok(0);
    }
    let mut rest = f64::from(draw) * sum;
    let mut last = 0;
    for (token, &weight) in weights.iter().enumerate() {
        if weight > 0.0 {
            last = token;
            if rest < weight {
                break;
            }
        }
        rest -= weight;
    }
    Ok(last)
}
// ANCHOR_END: sample
