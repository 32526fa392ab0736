// keeps all: weights are whole numbers, in parts of 2^-52

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

    let parts = |&logit: &f32| {
        let distance = (f64::from(logit) - f64::from(highest)) / f64::from(temperature);
        (distance.exp() * (1_u64 << 52) as f64) as u128
    };
    let sum: u128 = logits.iter().map(parts).sum();
    let mut rest = (f64::from(draw) * sum as f64) as u128;
    for (token, parts) in logits.iter().map(parts).enumerate() {
        match rest.checked_sub(parts) {
            Some(left) => rest = left,
            None => return Ok(token),
        }
    }
    logits
        .iter()
        .rposition(|logit| logit.is_finite())
        .ok_or(Error::NoToken)
}
// ANCHOR_END: sample

// ANCHOR: softmax

// ANCHOR_END: softmax
