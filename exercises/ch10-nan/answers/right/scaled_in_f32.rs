// keeps all: all in f32, divided by the largest component first

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    let query = unit(query).ok_or(Error::Query)?;
    let mut ranking = Ranking::default();
    for (row, document) in documents.iter().enumerate() {
        match unit(document) {
            Some(document) if document.len() == query.len() => {
                let score = query.iter().zip(&document).map(|(x, y)| x * y).sum();
                ranking.hits.push(Hit { row, score });
            }
            _ => ranking.left_out.push(row),
        }
    }
    ranking.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranking.hits.truncate(limit);
    Ok(ranking)
}
// ANCHOR_END: rank

// ANCHOR: cosine
fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    let largest = vector.iter().try_fold(0.0_f32, |largest, x| {
        x.is_finite().then(|| largest.max(x.abs()))
    })?;
    if largest == 0.0 {
        return None;
    }
    let mut scaled: Vec<f32> = vector.iter().map(|x| x / largest).collect();
    let norm = scaled.iter().map(|x| x * x).sum::<f32>().sqrt();
    scaled.iter_mut().for_each(|x| *x /= norm);
    Some(scaled)
}
// ANCHOR_END: cosine
