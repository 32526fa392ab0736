// keeps all: each hit is put in its place, found by halving, and what is beyond the limit falls off

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => {
                let place = ranking.hits.partition_point(|hit| hit.score >= score);
                ranking.hits.insert(place, Hit { row, score });
                ranking.hits.truncate(limit);
            }
            None => ranking.left_out.push(row),
        }
    }
    Ok(ranking)
}
// ANCHOR_END: rank
