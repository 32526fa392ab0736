// keeps all: only what is within the limit is sorted, ties by their row

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
    let order = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row));
    if limit < ranking.hits.len() {
        ranking.hits.select_nth_unstable_by(limit, order);
        ranking.hits.truncate(limit);
    }
    ranking.hits.sort_unstable_by(order);
    Ok(ranking)
}
// ANCHOR_END: rank
