// breaks 7: takes the logarithm of the sum off, in f32: beside a logit of 1e8 it is lost

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

    let scaled = |logit: f32| (logit - highest * 0.5) / temperature;
    let top = scaled(highest);
    let sum = top
        + logits
            .iter()
            .map(|&logit| (scaled(logit) - top).exp())
            .sum::<f32>()
            .ln();
    let mut rest = draw;
    let mut last = Err(Error::NoToken);
    for (token, &logit) in logits.iter().enumerate() {
        let share = (scaled(logit) - sum).exp();
        if share > 0.0 {
            last = Ok(token);
            if rest < share {
                break;
            }
            rest -= share;
        }
    }
    last
}
// ANCHOR_END: sample

// ANCHOR: softmax

// ANCHOR_END: softmax
