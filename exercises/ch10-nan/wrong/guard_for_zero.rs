// ANCHOR: sample
/// Draws a token by the softmax of `logits / temperature`.
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    if temperature < 0.0 {
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

    let weights = softmax(logits, temperature);
    let mut below = 0.0;
    let mut last = Err(Error::NoToken);
    for (token, &weight) in weights.iter().enumerate() {
        if logits[token] == f32::NEG_INFINITY {
            continue;
        }
        last = Ok(token);
        below += weight;
        if draw < below {
            break;
        }
    }
    last
}
// ANCHOR_END: sample

// ANCHOR: softmax
/// Probabilities, shape `[vocabulary]`. The highest logit is taken off, so that no `exp` overflows.
fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let inverse = 1.0 / temperature;
    let scaled: Vec<f32> = logits.iter().map(|logit| logit * inverse).collect();
    let highest = scaled.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scaled.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}
// ANCHOR_END: softmax
