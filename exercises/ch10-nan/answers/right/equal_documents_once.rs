// keeps all: documents with the same bits are compared once

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    let mut known = std::collections::HashMap::new();
    for (row, document) in documents.iter().enumerate() {
        let bits: Vec<u32> = document.iter().map(|x| x.to_bits()).collect();
        let score = known
            .entry(bits)
            .or_insert_with(|| cosine(query, query_norm, document));
        match *score {
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
