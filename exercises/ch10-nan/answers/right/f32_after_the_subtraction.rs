// keeps all: What the page says of a sampler that cannot spare the time: the highest logit is taken off first, the rest is in f32.

// ANCHOR: softmax
/// What each token weighs, shape `[vocabulary]`: 1 for the likeliest, 0 for a masked one.
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let weight = |logit: &f32| ((logit - highest) / temperature).exp();
    logits
        .iter()
        .map(|logit| f64::from(weight(logit)))
        .collect()
}
// ANCHOR_END: softmax
