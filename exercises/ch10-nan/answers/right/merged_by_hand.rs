// keeps all: a merge sort from the bottom up

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
    let mut width = 1;
    while width < ranking.hits.len() {
        ranking.hits = ranking
            .hits
            .chunks(2 * width)
            .flat_map(|pair| {
                merge(
                    &pair[..width.min(pair.len())],
                    &pair[width.min(pair.len())..],
                )
            })
            .collect();
        width *= 2;
    }
    ranking.hits.truncate(limit);
    Ok(ranking)
}

fn merge(mut left: &[Hit], mut right: &[Hit]) -> Vec<Hit> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
        if second.score > first.score {
            merged.push(*second);
            right = right_rest;
        } else {
            merged.push(*first);
            left = left_rest;
        }
    }
    merged.extend_from_slice(left);
    merged.extend_from_slice(right);
    merged
}
// ANCHOR_END: rank
