// keeps all: the sum of each half says in which half the draw lies

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
    let mut rest = f64::from(draw) * weights.iter().sum::<f64>();
    let mut tokens = 0..weights.len();
    while tokens.len() > 1 {
        let middle = tokens.start + tokens.len() / 2;
        let left: f64 = weights[tokens.start..middle].iter().sum();
        let right: f64 = weights[middle..tokens.end].iter().sum();
        if right == 0.0 || rest < left {
            tokens = tokens.start..middle;
        } else {
            rest -= left;
            tokens = middle..tokens.end;
        }
    }
    Ok(tokens.start)
}
// ANCHOR_END: sample
