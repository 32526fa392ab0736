// breaks 2: chooses within the limit before it sorts, and any of those with equal scores

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
    if limit < ranking.hits.len() {
        ranking
            .hits
            .select_nth_unstable_by(limit, |a, b| b.score.total_cmp(&a.score));
        ranking.hits.truncate(limit);
    }
    ranking
        .hits
        .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    Ok(ranking)
}
// ANCHOR_END: rank
