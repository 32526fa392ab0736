// breaks 7: cuts what goes into `exp` to -80 to 80

// ANCHOR: softmax
fn weights(logits: &[f32], _highest: f32, temperature: f32) -> Vec<f64> {
    let scaled = |logit: f32| f64::from(logit) / f64::from(temperature);
    let weight = |&logit: &f32| match logit {
        f32::NEG_INFINITY => 0.0,
        _ => scaled(logit).clamp(-80.0, 80.0).exp(),
    };
    logits.iter().map(weight).collect()
}
// ANCHOR_END: softmax
