// keeps all: f64 holds the largest logit divided by the smallest temperature

// ANCHOR: softmax
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let scaled = |logit: f32| f64::from(logit) / f64::from(temperature);
    logits
        .iter()
        .map(|&logit| (scaled(logit) - scaled(highest)).exp())
        .collect()
}
// ANCHOR_END: softmax
