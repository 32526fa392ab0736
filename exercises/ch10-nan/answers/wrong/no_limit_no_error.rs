// breaks 5: with a limit of 0 nothing is found, in the query neither

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    if limit == 0 {
        let bad = |document: &Vec<f32>| document.len() != query.len() || norm(document).is_none();
        let left_out = (0..documents.len())
            .filter(|&row| bad(&documents[row]))
            .collect();
        return Ok(Ranking {
            hits: Vec::new(),
            left_out,
        });
    }
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(query, query_norm, document) {
            Some(score) => ranking.hits.push(Hit { row, score }),
            None => ranking.left_out.push(row),
        }
    }
    // Every score is a number now, so this is an order, and the sort keeps equal scores in the order of their rows.
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
