// breaks 10: holds one more than the limit, which wraps

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => {
                let place = ranking.hits.partition_point(|hit| hit.score >= score);
                ranking.hits.insert(place, Hit { row, score });
                ranking.hits.truncate(limit + 1);
            }
            None => ranking.left_out.push(row),
        }
    }
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
