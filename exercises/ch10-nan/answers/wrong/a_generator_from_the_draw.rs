// breaks 7: the draw is only the seed of another generator

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

    let weights = weights(logits, highest, temperature);
    let mut seed = u64::from(draw.to_bits()).wrapping_add(0x9e37_79b9_7f4a_7c15);
    seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^= seed >> 31;
    let draw = (seed >> 11) as f64 / (1_u64 << 53) as f64;
    let mut rest = draw * weights.iter().sum::<f64>();
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
// ANCHOR_END: sample
