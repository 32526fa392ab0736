// breaks 7: f64 overflows too, at exp(710)

// ANCHOR: softmax
fn weights(logits: &[f32], _highest: f32, temperature: f32) -> Vec<f64> {
    let scaled = |logit: f32| f64::from(logit) / f64::from(temperature);
    logits.iter().map(|&logit| scaled(logit).exp()).collect()
}
// ANCHOR_END: softmax
