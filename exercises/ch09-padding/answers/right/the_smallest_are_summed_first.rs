// keeps all: sorts each column by size before it sums it

// ANCHOR: means
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    let column = |row: usize, d: usize| -> Option<f32> {
        let places = (row * seq..(row + 1) * seq).filter(|&place| mask[place] == 1);
        let mut values: Vec<f32> = places.map(|place| hidden.values[place * dim + d]).collect();
        values.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        (!values.is_empty()).then(|| values.iter().sum::<f32>() / values.len() as f32)
    };
    (0..rows)
        .map(|row| (0..dim).map(|d| column(row, d)).collect())
        .collect()
}
// ANCHOR_END: means
