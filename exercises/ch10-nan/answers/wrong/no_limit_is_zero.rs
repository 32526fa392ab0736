// breaks 2: a limit of 0 means all

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
    if limit > 0 {
        ranking.hits.truncate(limit);
    }
    Ok(ranking)
}
// ANCHOR_END: rank
