// keeps all: sums of logarithms, compared with that of the draw

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

    let scaled = |&logit: &f32| (f64::from(logit) - f64::from(highest)) / f64::from(temperature);
    let add = |sum: f64, next: f64| {
        let (low, high) = (sum.min(next), sum.max(next));
        if low == f64::NEG_INFINITY {
            high
        } else {
            high + (low - high).exp().ln_1p()
        }
    };
    let total = logits.iter().map(scaled).fold(f64::NEG_INFINITY, add);
    let mark = f64::from(draw).ln() + total;
    let mut sum = f64::NEG_INFINITY;
    let mut last = Err(Error::NoToken);
    for (token, logit) in logits
        .iter()
        .enumerate()
        .filter(|(_, logit)| logit.is_finite())
    {
        sum = add(sum, scaled(logit));
        last = Ok(token);
        if mark < sum {
            break;
        }
    }
    last
}
// ANCHOR_END: sample

// ANCHOR: softmax

// ANCHOR_END: softmax
