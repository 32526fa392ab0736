// keeps all: running sums of the tokens that are not masked, searched by halving

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

    let open: Vec<(usize, f64)> = logits
        .iter()
        .enumerate()
        .filter(|(_, logit)| logit.is_finite())
        .map(|(token, &logit)| (token, f64::from(logit) - f64::from(highest)))
        .collect();
    if temperature == 0.0 {
        let best = open.iter().rev().find(|(_, distance)| *distance == 0.0);
        return best.map(|&(token, _)| token).ok_or(Error::NoToken);
    }
    let mut sum = 0.0;
    let sums: Vec<f64> = open
        .iter()
        .map(|(_, distance)| {
            sum += (distance / f64::from(temperature)).exp();
            sum
        })
        .collect();
    let place = sums.partition_point(|&below| below <= f64::from(draw) * sum);
    Ok(open[place.min(open.len() - 1)].0)
}
// ANCHOR_END: sample

// ANCHOR: softmax

// ANCHOR_END: softmax
