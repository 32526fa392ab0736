// breaks 2, 3, 10: hits are put into a buffer that a query without a direction leaves as it is: the documents were compared first

// ANCHOR: rank
pub fn rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Result<Ranking, Error> {
    use std::cell::RefCell;
    thread_local! {
        static LEFT_OUT: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    }
    LEFT_OUT.with_borrow_mut(|left_out| {
        for (row, document) in documents.iter().enumerate() {
            if document.len() != query.len() || norm(document).is_none() {
                left_out.push(row);
            }
        }
        let query_norm = norm(query).ok_or(Error::Query)?;
        let mut hits = Vec::new();
        for (row, document) in documents.iter().enumerate() {
            if let Some(score) = cosine(query, query_norm, document) {
                hits.push(Hit { row, score });
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits.truncate(limit);
        Ok(Ranking {
            hits,
            left_out: std::mem::take(left_out),
        })
    })
}
// ANCHOR_END: rank
