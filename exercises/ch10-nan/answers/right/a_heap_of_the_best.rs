// keeps all: a heap holds the best so far, and lets the worst of them go

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    use std::cmp::{Ordering, Reverse};
    use std::collections::BinaryHeap;

    /// Greater is better.
    struct Found(Hit);
    impl Ord for Found {
        fn cmp(&self, other: &Self) -> Ordering {
            let scores = self.0.score.partial_cmp(&other.0.score);
            let scores = scores.expect("only numbers are found");
            scores.then(other.0.row.cmp(&self.0.row))
        }
    }
    impl PartialOrd for Found {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }
    impl PartialEq for Found {
        fn eq(&self, other: &Self) -> bool {
            self.cmp(other).is_eq()
        }
    }
    impl Eq for Found {}

    let query_norm = norm(query).ok_or(Error::Query)?;
    let mut best = BinaryHeap::new();
    let mut left_out = Vec::new();
    for (row, document) in documents.iter().enumerate() {
        let Some(score) = cosine(query, query_norm, document) else {
            left_out.push(row);
            continue;
        };
        best.push(Reverse(Found(Hit { row, score })));
        if best.len() > limit {
            best.pop();
        }
    }
    let hits = best.into_sorted_vec();
    let hits = hits.into_iter().map(|Reverse(Found(hit))| hit).collect();
    Ok(Ranking { hits, left_out })
}
// ANCHOR_END: rank
