// keeps all: all in f32; the sum carries what rounding lost

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

    let weight = |token: usize| ((logits[token] - highest) / temperature).exp();
    let tokens = || (0..logits.len()).filter(|&token| logits[token] != f32::NEG_INFINITY);
    let add = |(sum, lost): (f32, f32), weight: f32| {
        let weight = weight - lost;
        let next = sum + weight;
        (next, (next - sum) - weight)
    };
    let (sum, _) = tokens().map(weight).fold((0.0, 0.0), add);
    let mut below = (0.0, 0.0);
    let mut last = Err(Error::NoToken);
    for token in tokens() {
        below = add(below, weight(token));
        last = Ok(token);
        if draw * sum < below.0 {
            break;
        }
    }
    last
}
// ANCHOR_END: sample

// ANCHOR: softmax

// ANCHOR_END: softmax
