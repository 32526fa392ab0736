// keeps all: a BTreeMap whose keys are the bits of the score in descending order, and the row

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut left_out = Vec::new();
    let mut found = std::collections::BTreeMap::new();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => {
                // Without -0.0, and flipped so that the bits of numbers ascend as the numbers descend.
                let bits = (score + 0.0).to_bits();
                let descending = if bits >> 31 == 1 {
                    bits
                } else {
                    !bits & 0x7fff_ffff
                };
                found.insert((descending, row), score);
            }
            None => left_out.push(row),
        }
    }
    let best = found.into_iter().take(limit);
    let hits = best.map(|((_, row), score)| Hit { row, score }).collect();
    Ok(Ranking { hits, left_out })
}
// ANCHOR_END: rank
