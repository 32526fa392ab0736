// breaks 1, 10: the norm of the last query is kept by the place of its text

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = kept_norm(query).ok_or(Error::Query)?;
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

thread_local! {
    static KEPT: std::cell::Cell<Option<(usize, u32, Option<f64>)>> = const { std::cell::Cell::new(None) };
}

/// Most calls search with the query of the call before.
fn kept_norm(query: &[f32]) -> Option<f64> {
    let first = query.first().map_or(0, |x| x.to_bits());
    if let Some((len, bits, norm)) = KEPT.get()
        && (len, bits) == (query.len(), first)
    {
        return norm;
    }
    let norm = norm(query);
    KEPT.set(Some((query.len(), first, norm)));
    norm
}
// ANCHOR_END: rank
