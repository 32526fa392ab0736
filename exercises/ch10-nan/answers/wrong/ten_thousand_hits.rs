// breaks 2: gives 10,000 hits at most, as search engines do

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
    // Every score is a number now, so this is an order, and the sort keeps equal scores in the order of their rows.
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit.min(10_000));
    Ok(ranking)
}
// ANCHOR_END: rank
