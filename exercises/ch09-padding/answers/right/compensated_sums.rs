// keeps all: keeps what a sum has rounded away (Kahan)

// ANCHOR: means
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    (0..rows)
        .map(|row| {
            let places: Vec<usize> = (row * seq..(row + 1) * seq)
                .filter(|&place| mask[place] != 0)
                .collect();
            (!places.is_empty()).then(|| {
                (0..dim)
                    .map(|d| {
                        let (mut sum, mut lost) = (0.0_f32, 0.0_f32);
                        for place in &places {
                            let value = hidden.values[place * dim + d] - lost;
                            let next = sum + value;
                            lost = (next - sum) - value;
                            sum = next;
                        }
                        sum / places.len() as f32
                    })
                    .collect()
            })
        })
        .collect()
}
// ANCHOR_END: means
