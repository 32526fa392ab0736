// breaks 10: one call inside the other for each token, until the stack is full

// ANCHOR: sample
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    // What may be, instead of what may not: NaN is neither less than 0 nor at least 0.
    if !(temperature >= 0.0 && temperature.is_finite()) {
        return Err(Error::Temperature);
    }
    if !logits.iter().all(|&logit| logit < f32::INFINITY) {
        return Err(Error::Logit);
    }
    // No NaN is left that `max` could hide.
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return Err(Error::NoToken);
    }
    if temperature == 0.0 {
        let best = logits.iter().position(|&logit| logit == highest);
        return best.ok_or(Error::NoToken);
    }

    let weights = weights(logits, highest, temperature);
    let rest = f64::from(draw) * weights.iter().sum::<f64>();
    let last = weights
        .iter()
        .rposition(|&weight| weight > 0.0)
        .ok_or(Error::NoToken)?;
    Ok(from(0, last, &weights, rest))
}

fn from(token: usize, last: usize, weights: &[f64], rest: f64) -> usize {
    let weight = weights[token];
    if token == last || (weight > 0.0 && rest < weight) {
        return token;
    }
    from(token + 1, last, weights, rest - weight)
}
// ANCHOR_END: sample
