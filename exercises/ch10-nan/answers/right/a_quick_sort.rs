// keeps all: a quick sort by hand, equal scores by their row

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
    ranking.hits = sorted(ranking.hits);
    ranking.hits.truncate(limit);
    Ok(ranking)
}

fn sorted(hits: Vec<Hit>) -> Vec<Hit> {
    if hits.len() < 2 {
        return hits;
    }
    let pivot = hits[hits.len() / 2];
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    for hit in hits {
        let part = match hit.score {
            score if score > pivot.score => 0,
            score if score < pivot.score => 2,
            _ => 1,
        };
        parts[part].push(hit);
    }
    let [better, equal, worse] = parts;
    [sorted(better), equal, sorted(worse)].concat()
}
// ANCHOR_END: rank
