// keeps all: 1 less half the squared distance between unit vectors, whose norm is a chain of `hypot`

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query = unit(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match cosine(&query, document) {
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

// ANCHOR: cosine
fn cosine(query: &[f64], document: &[f32]) -> Option<f32> {
    let document = unit(document).filter(|document| document.len() == query.len())?;
    let pairs = query.iter().zip(&document);
    let squared: f64 = pairs.map(|(x, y)| (x - y).powi(2)).sum();
    Some((1.0 - squared / 2.0).clamp(-1.0, 1.0) as f32)
}

fn unit(vector: &[f32]) -> Option<Vec<f64>> {
    if !vector.iter().all(|x| x.is_finite()) || vector.iter().all(|&x| x == 0.0) {
        return None;
    }
    let wide: Vec<f64> = vector.iter().copied().map(f64::from).collect();
    let norm = wide.iter().copied().fold(0.0, f64::hypot);
    Some(wide.iter().map(|x| x / norm).collect())
}
// ANCHOR_END: cosine
