// keeps all: the highest and the sum in one pass, which scales the sum whenever there is a new highest

// ANCHOR: sample
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    match temperature {
        t if t.is_nan() || t < 0.0 || t > 1e30 => return Err(Error::Temperature),
        _ => {}
    }
    let t = f64::from(temperature);
    let (mut highest, mut best, mut sum) = (f64::NEG_INFINITY, None, 0.0);
    for (token, &logit) in logits.iter().enumerate() {
        if logit.is_nan() || logit == f32::INFINITY {
            return Err(Error::Logit);
        }
        if logit == f32::NEG_INFINITY {
            continue;
        }
        let logit = f64::from(logit);
        if best.is_none() || logit > highest {
            if best.is_some() {
                sum *= ((highest - logit) / t).exp();
            }
            (highest, best) = (logit, Some(token));
            sum += 1.0;
        } else if t > 0.0 {
            sum += ((logit - highest) / t).exp();
        }
    }
    let mut drawn = best.ok_or(Error::NoToken)?;
    if t > 0.0 {
        let mut rest = f64::from(draw) * sum;
        for (token, &logit) in logits.iter().enumerate() {
            let weight = ((f64::from(logit) - highest) / t).exp();
            if weight > rest {
                drawn = token;
                break;
            }
            rest -= weight;
        }
    }
    Ok(drawn)
}
// ANCHOR_END: sample

// ANCHOR: softmax

// ANCHOR_END: softmax
