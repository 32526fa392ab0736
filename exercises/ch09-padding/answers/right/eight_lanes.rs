// keeps all: sums eight numbers at once, and the rest one by one

// ANCHOR: means
const LANES: usize = 8;

fn add(sums: &mut [f32], token: &[f32]) {
    let (sums, last_sums) = sums.as_chunks_mut::<LANES>();
    let (token, last) = token.as_chunks::<LANES>();
    for (sums, values) in sums.iter_mut().zip(token) {
        for lane in 0..LANES {
            sums[lane] += values[lane];
        }
    }
    for (sum, value) in last_sums.iter_mut().zip(last) {
        *sum += value;
    }
}

fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let places: Vec<(&[f32], &i64)> = hidden.values.chunks(dim).zip(mask).collect();
    places
        .chunks(seq)
        .map(|row| {
            let mut sums = vec![0.0; dim];
            let mut count = 0_u32;
            for (token, bit) in row {
                if **bit == 1 {
                    add(&mut sums, token);
                    count += 1;
                }
            }
            (count != 0).then(|| sums.into_iter().map(|sum| sum / count as f32).collect())
        })
        .collect()
}
// ANCHOR_END: means
