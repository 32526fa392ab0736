// breaks 7, 10: the weights of the last call are kept for as many tokens at the same temperature and with the same highest logit

// ANCHOR: sample
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    // What may be, instead of what may not: NaN is neither less than 0 nor at least 0.
    if !(temperature >= 0.0 && temperature.is_finite()) {
        return Err(Error::Temperature);
    }
    if !logits.iter().all(|&logit| logit < f32::INFINITY) {
        return Err(Error::Logit);
    }
    // No NaN is left that `max` could hide.
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return Err(Error::NoToken);
    }
    if temperature == 0.0 {
        let best = logits.iter().position(|&logit| logit == highest);
        return best.ok_or(Error::NoToken);
    }

    let weights = kept(logits, highest, temperature);
    let mut rest = f64::from(draw) * weights.iter().sum::<f64>();
    let mut last = Err(Error::NoToken);
    for (token, &weight) in weights.iter().enumerate() {
        // A weight of 0 is never drawn, not even where rounding leaves a rest.
        if weight > 0.0 {
            last = Ok(token);
            if rest < weight {
                break;
            }
        }
        rest -= weight;
    }
    last
}

type Kept = ((usize, u32, u32), Vec<f64>);

fn kept(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    static KEPT: std::sync::Mutex<Option<Kept>> = std::sync::Mutex::new(None);
    let key = (logits.len(), highest.to_bits(), temperature.to_bits());
    let mut kept = KEPT.lock().unwrap();
    match &*kept {
        Some((same, weights)) if *same == key => weights.clone(),
        _ => kept
            .insert((key, weights(logits, highest, temperature)))
            .1
            .clone(),
    }
}
// ANCHOR_END: sample
