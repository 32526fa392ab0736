// breaks 8: a mask is 1e4 below the highest: enough unless it is hot

// ANCHOR: softmax
/// What each token weighs, shape `[vocabulary]`: 1 for the likeliest, 0 for a masked one. Divided by their sum these are
/// the probabilities.
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let weight = |&logit: &f32| {
        // Subtract first, divide afterwards: at most 0, so `exp` is at most 1, and there is no infinity less infinity.
        let distance = (f64::from(logit) - f64::from(highest)).max(-1e35);
        (distance / f64::from(temperature)).exp()
    };
    logits.iter().map(weight).collect()
}
// ANCHOR_END: softmax
