// keeps all: a map from the score to its rows

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    let mut rows: std::collections::BTreeMap<i32, (f32, Vec<usize>)> =
        std::collections::BTreeMap::new();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => {
                let bits = (score + 0.0).to_bits() as i32;
                let ascending = if bits < 0 { i32::MIN - bits } else { bits };
                rows.entry(ascending)
                    .or_insert((score, Vec::new()))
                    .1
                    .push(row);
            }
            None => ranking.left_out.push(row),
        }
    }
    for (score, rows) in rows.into_values().rev() {
        let left = limit - ranking.hits.len();
        ranking
            .hits
            .extend(rows.into_iter().take(left).map(|row| Hit { row, score }));
    }
    Ok(ranking)
}
// ANCHOR_END: rank
