// keeps all: tokens are sorted, the likeliest come first in the sum

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
    let mut tokens: Vec<usize> = (0..logits.len())
        .filter(|&token| weights[token] > 0.0)
        .collect();
    tokens.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
    let sum: f64 = tokens.iter().map(|&token| weights[token]).sum();
    let mut below = 0.0;
    for &token in &tokens {
        below += weights[token] / sum;
        if f64::from(draw) < below {
            return Ok(token);
        }
    }
    tokens.last().copied().ok_or(Error::NoToken)
}
// ANCHOR_END: sample
