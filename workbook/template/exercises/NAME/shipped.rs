//! How many batches a queue of requests makes. README.md says what is promised.

/// How many batches of at most `size` requests, which is not 0, the `requests` make.
// ANCHOR: batches
pub fn batches(requests: usize, size: usize) -> usize {
    requests / size
}
// ANCHOR_END: batches

#[cfg(test)]
mod check;
