// breaks 2: four parts take the rows by turns, and are put together one after the other: equal scores come part by part

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    let turns = (0..4).flat_map(|part| (part..documents.len()).step_by(4));
    for (row, document) in turns.map(|row| (row, &documents[row])) {
        match cosine(query, query_norm, document) {
            Some(score) => ranking.hits.push(Hit { row, score }),
            None => ranking.left_out.push(row),
        }
    }
    // Every score is a number now, so this is an order, and the sort keeps equal scores in the order of their rows.
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    ranking.left_out.sort_unstable();
    Ok(ranking)
}
// ANCHOR_END: rank
