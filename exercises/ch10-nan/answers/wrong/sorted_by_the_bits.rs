// breaks 2: the bits of negative numbers have the order of their sizes

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
        .sort_by_key(|hit| std::cmp::Reverse(hit.score.to_bits() as i32));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
