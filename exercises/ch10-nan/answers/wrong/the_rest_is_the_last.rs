// breaks 8: all in f32, and what rounding leaves is the last token, masked or not

// ANCHOR: sample
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    if !(temperature >= 0.0 && temperature.is_finite()) {
        return Err(Error::Temperature);
    }
    if !logits.iter().all(|&logit| logit < f32::INFINITY) {
        return Err(Error::Logit);
    }
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return Err(Error::NoToken);
    }
    if temperature == 0.0 {
        let best = logits.iter().position(|&logit| logit == highest);
        return best.ok_or(Error::NoToken);
    }

    let weights = weights(logits, highest, temperature);
    let sum: f64 = weights.iter().sum();
    let mut below = 0.0_f32;
    for (token, weight) in weights.iter().enumerate() {
        below += (weight / sum) as f32;
        if draw < below {
            return Ok(token);
        }
    }
    Ok(weights.len() - 1)
}
// ANCHOR_END: sample
