//! What README.md promises, for every small queue and size.

use super::batches;

/// Sizes from 1, and queues from empty to far above a batch.
fn cases() -> impl Iterator<Item = (usize, usize)> {
    (1..20).flat_map(|size| (0..100).map(move |requests| (requests, size)))
}

#[test]
fn every_request_is_in_a_batch() {
    for (requests, size) in cases() {
        let seen = batches(requests, size);
        assert!(
            seen.saturating_mul(size) >= requests,
            "seen:     {seen} batches for {requests} requests, with {size} in each at the most\n\
             expected: room for all of them\n\
             why:      a request in no batch is never answered"
        );
    }
}

#[test]
fn no_batch_is_empty() {
    for (requests, size) in cases() {
        let seen = batches(requests, size);
        assert!(
            seen == 0 || (seen - 1).saturating_mul(size) < requests,
            "seen:     {seen} batches for {requests} requests, with {size} in each at the most\n\
             expected: no more than it takes\n\
             why:      a model that runs an empty batch keeps a full one waiting"
        );
    }
}

checks::earned!();
