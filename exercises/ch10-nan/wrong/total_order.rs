// ANCHOR: rank
/// The `limit` documents that are closest to the query. Query and documents have shape `[dimension]`.
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let mut hits: Vec<Hit> = documents
        .iter()
        .enumerate()
        .map(|(row, document)| Hit {
            row,
            score: cosine(query, document),
        })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits.truncate(limit);
    Ok(Ranking {
        hits,
        left_out: Vec::new(),
    })
}
// ANCHOR_END: rank

// ANCHOR: cosine
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
    dot / (norm(a) * norm(b))
}

fn norm(vector: &[f32]) -> f32 {
    vector.iter().map(|x| x * x).sum::<f32>().sqrt()
}
// ANCHOR_END: cosine
