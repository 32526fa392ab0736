// keeps all: finds the best of the rest until there are enough

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut scores: Vec<Option<f32>> = documents
        .iter()
        .map(|document| cosine(query, query_norm, document))
        .collect();
    let mut ranking = Ranking::default();
    for (row, score) in scores.iter().enumerate() {
        if score.is_none() {
            ranking.left_out.push(row);
        }
    }
    while ranking.hits.len() < limit {
        let mut best: Option<Hit> = None;
        for (row, score) in scores.iter().enumerate() {
            if let Some(score) = *score
                && best.is_none_or(|best| score > best.score)
            {
                best = Some(Hit { row, score });
            }
        }
        let Some(best) = best else { break };
        scores[best.row] = None;
        ranking.hits.push(best);
    }
    Ok(ranking)
}
// ANCHOR_END: rank
