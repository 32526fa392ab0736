// keeps all: every third token first, then the others, and draws from the top

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
    let order = (0..3).flat_map(|first| (first..weights.len()).step_by(3));
    let mut rest = (1.0 - f64::from(draw)) * weights.iter().sum::<f64>();
    let mut last = Err(Error::NoToken);
    for (token, weight) in order.map(|token| (token, weights[token])) {
        // A weight of 0 is never drawn, not even where rounding leaves a rest.
        if weight > 0.0 {
            last = Ok(token);
            if rest < weight {
                break;
            }
        }
        rest -= weight;
    }
    last
}
// ANCHOR_END: sample
