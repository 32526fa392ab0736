// breaks 2: sorts upwards and turns the list round, equal ones too

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
    ranking.hits.sort_by(|a, b| a.score.total_cmp(&b.score));
    ranking.hits.reverse();
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
