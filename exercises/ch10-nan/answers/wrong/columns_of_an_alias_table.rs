// breaks 7: an alias table takes the column and the place in it from one draw: too few draws come into each column

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
    let count = weights.len();
    let sum: f64 = weights.iter().sum();
    let mut share: Vec<f64> = weights
        .iter()
        .map(|weight| weight / sum * count as f64)
        .collect();
    let mut alias: Vec<usize> = (0..count).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..count).partition(|&token| share[token] < 1.0);
    while let (Some(&little), Some(&much)) = (small.last(), large.last()) {
        small.pop();
        alias[little] = much;
        share[much] -= 1.0 - share[little];
        if share[much] < 1.0 {
            large.pop();
            small.push(much);
        }
    }
    let place = f64::from(draw) * count as f64;
    let column = place as usize;
    let token = if place.fract() < share[column] {
        column
    } else {
        alias[column]
    };
    Ok(if weights[token] > 0.0 {
        token
    } else {
        alias[token]
    })
}
// ANCHOR_END: sample
