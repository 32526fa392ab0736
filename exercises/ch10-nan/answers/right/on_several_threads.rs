// keeps all: the rows are shared out to four threads

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query_norm = norm(query).ok_or(Error::Query)?;
    let part = documents.len().div_ceil(4).max(1);
    let scores: Vec<Option<f32>> = std::thread::scope(|scope| {
        let parts = documents.chunks(part).map(|documents| {
            scope.spawn(move || -> Vec<Option<f32>> {
                let scores = documents
                    .iter()
                    .map(|document| cosine(query, query_norm, document));
                scores.collect()
            })
        });
        let parts: Vec<_> = parts.collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap())
            .collect()
    });
    let mut ranking = Ranking::default();
    for (row, score) in scores.into_iter().enumerate() {
        match score {
            Some(score) => ranking.hits.push(Hit { row, score }),
            None => ranking.left_out.push(row),
        }
    }
    ranking
        .hits
        .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank
