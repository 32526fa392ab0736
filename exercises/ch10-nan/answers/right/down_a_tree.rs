// keeps all: sums in a binary tree; the draw goes down from its root

// ANCHOR: sample
pub fn sample(logits: &[f32], temperature: f32, draw: f32) -> Result<usize, Error> {
    if !(temperature >= 0.0 && temperature.is_finite()) {
        return Err(Error::Temperature);
    }
    if !logits.iter().all(|&logit| logit < f32::INFINITY) {
        return Err(Error::Logit);
    }
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if highest == f32::NEG_INFINITY {
        return Err(Error::NoToken);
    }
    if temperature == 0.0 {
        let best = logits.iter().position(|&logit| logit == highest);
        return best.ok_or(Error::NoToken);
    }

    let leaves = logits.len().next_power_of_two();
    let mut tree = vec![0.0_f64; 2 * leaves];
    for (token, weight) in weights(logits, highest, temperature)
        .into_iter()
        .enumerate()
    {
        tree[leaves + token] = weight;
    }
    for node in (1..leaves).rev() {
        tree[node] = tree[2 * node] + tree[2 * node + 1];
    }
    let mut rest = f64::from(draw) * tree[1];
    let mut node = 1;
    while node < leaves {
        let (left, right) = (tree[2 * node], tree[2 * node + 1]);
        node = if right == 0.0 || rest < left {
            2 * node
        } else {
            rest -= left;
            2 * node + 1
        };
    }
    Ok(node - leaves)
}
// ANCHOR_END: sample
