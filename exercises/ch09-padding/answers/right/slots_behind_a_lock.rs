// keeps all: two threads put each vector into its slot

// ANCHOR: means
/// The mean of each row's tokens; padding is left out, whatever the encoder says of it.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens = mask.iter().filter(|&&bit| bit == 1).count();
        if tokens == 0 {
            return None;
        }
        let mut mean = vec![0.0; dim];
        for (token, _) in row
            .chunks_exact(dim)
            .zip(mask)
            .filter(|&(_, &bit)| bit == 1)
        {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum += value / tokens as f32;
            }
        }
        Some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    let slots = std::sync::Mutex::new(vec![None; hidden.shape[0]]);
    let (even, odd): (Vec<_>, Vec<_>) = rows
        .zip(mask.chunks_exact(seq))
        .enumerate()
        .partition(|(row, _)| row % 2 == 0);
    std::thread::scope(|scope| {
        for half in [even, odd] {
            let (slots, mean) = (&slots, &mean);
            scope.spawn(move || {
                for (row, what) in half {
                    let vector = mean(what);
                    slots.lock().expect("a mean does not panic")[row] = vector;
                }
            });
        }
    });
    slots.into_inner().expect("a mean does not panic")
}
// ANCHOR_END: means
