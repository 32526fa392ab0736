// breaks 2: sorts by whole millionths, which a key can hold

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => ranking.hits.push(Hit { row, score }),
            None => ranking.left_out.push(row),
        }
    }
    ranking
        .hits
        .sort_by_key(|hit| std::cmp::Reverse((f64::from(hit.score) * 1e6) as i64));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
