// breaks 2, 10: scores that differ by less than 1e-6 are equal, so a may equal b, and b c, and a be greater than c

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
    ranking.hits.sort_by(|a, b| {
        if (a.score - b.score).abs() < 1e-6 {
            std::cmp::Ordering::Equal
        } else {
            b.score.total_cmp(&a.score)
        }
    });
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
