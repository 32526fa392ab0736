// ANCHOR: batches
pub fn batches(requests: usize, size: usize) -> usize {
    requests / size + 1
}
// ANCHOR_END: batches
