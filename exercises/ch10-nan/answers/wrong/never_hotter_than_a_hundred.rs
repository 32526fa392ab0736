// breaks 7: lowers the temperature to 100

// ANCHOR: softmax
/// What each token weighs, shape `[vocabulary]`: 1 for the likeliest, 0 for a masked one. Divided by their sum these are
/// the probabilities.
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let weight = |&logit: &f32| {
        // Subtract first, divide afterwards: at most 0, so `exp` is at most 1, and there is no infinity less infinity.
        let distance = f64::from(logit) - f64::from(highest);
        (distance / f64::from(temperature.min(100.0))).exp()
    };
    logits.iter().map(weight).collect()
}
// ANCHOR_END: softmax
