// breaks 7: weights have the eight digits of a bf16

// ANCHOR: softmax
/// What each token weighs, shape `[vocabulary]`: 1 for the likeliest, 0 for a masked one. Divided by their sum these are
/// the probabilities.
fn weights(logits: &[f32], highest: f32, temperature: f32) -> Vec<f64> {
    let weight = |&logit: &f32| {
        // Subtract first, divide afterwards: at most 0, so `exp` is at most 1, and there is no infinity less infinity.
        let distance = f64::from(logit) - f64::from(highest);
        {
            let weight = (distance / f64::from(temperature)).exp() as f32;
            f64::from(f32::from_bits(weight.to_bits() & 0xffff_0000))
        }
    };
    logits.iter().map(weight).collect()
}
// ANCHOR_END: softmax
