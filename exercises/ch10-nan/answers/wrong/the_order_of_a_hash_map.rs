// breaks 2, 10: equal scores come as the hash map gives them

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
    let found: std::collections::HashMap<usize, f32> = ranking
        .hits
        .drain(..)
        .map(|hit| (hit.row, hit.score))
        .collect();
    ranking
        .hits
        .extend(found.into_iter().map(|(row, score)| Hit { row, score }));
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
