// keeps all: sums two halves of a text, each in halves again

// ANCHOR: means
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    let tokens = |row: usize| -> Vec<&[f32]> {
        (row * seq..(row + 1) * seq)
            .filter(|&place| mask[place] == 1)
            .map(|place| &hidden.values[place * dim..][..dim])
            .collect()
    };
    (0..rows)
        .map(|row| {
            let tokens = tokens(row);
            let count = tokens.len() as f32;
            Some(sum(&tokens)?.into_iter().map(|sum| sum / count).collect())
        })
        .collect()
}

fn sum(tokens: &[&[f32]]) -> Option<Vec<f32>> {
    match tokens {
        [] => None,
        [token] => Some(token.to_vec()),
        _ => {
            let (left, right) = tokens.split_at(tokens.len() / 2);
            let (left, right) = (sum(left)?, sum(right)?);
            Some(left.iter().zip(&right).map(|(a, b)| a + b).collect())
        }
    }
}
// ANCHOR_END: means
