// breaks 7: divides before the highest is taken off: infinity less infinity

// ANCHOR: softmax
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let scaled = |logit: f32| logit / temperature;
    logits
        .iter()
        .map(|&logit| f64::from(scaled(logit) - scaled(highest)).exp())
        .collect()
}
// ANCHOR_END: softmax
