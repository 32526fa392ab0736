// breaks 10: one call inside the other for each row, until the stack is full

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    add_from(0, query, query_norm, documents, &mut ranking);
    // Every score is a number now, so this is an order, and the sort keeps equal scores in the order of their rows.
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    Ok(ranking)
}

fn add_from(
    row: usize,
    query: &[f32],
    query_norm: f64,
    documents: &[Vec<f32>],
    ranking: &mut Ranking,
) {
    let Some(document) = documents.get(row) else {
        return;
    };
    match cosine(query, query_norm, document) {
        Some(score) => ranking.hits.push(Hit { row, score }),
        None => ranking.left_out.push(row),
    }
    add_from(row + 1, query, query_norm, documents, ranking);
}
// ANCHOR_END: rank
