// ANCHOR: rank
/// The `limit` documents that are closest to the query. Query and documents have shape `[dimension]`.
///
/// # Errors
/// [`Error::Query`] if the query has no direction.
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        // The least of all scores: such a document comes last.
        let score = cosine(query, query_norm, document).unwrap_or(f32::MIN);
        ranking.hits.push(Hit { row, score });
    }
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
