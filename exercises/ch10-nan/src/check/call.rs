//! Calls `rank` and `sample`, and tells of a panic in them with their arguments.

use checks::{Failure, caught};

use super::cases::{Draws, Search};
use crate::{Error, Ranking, rank, sample};

/// The promise that nothing panics, and that the same arguments have the same answer.
pub const NO_PANIC: usize = 10;

/// What `rank` answers.
pub fn call_rank(search: &Search) -> Result<Result<Ranking, Error>, Failure> {
    let Search {
        query,
        documents,
        limit,
    } = search;
    hold(
        "rank",
        || search.to_string(),
        || rank(query, documents, *limit),
    )
}

/// What `sample` answers.
pub fn call_sample(draws: &Draws, draw: f32) -> Result<Result<usize, Error>, Failure> {
    let Draws {
        logits,
        temperature,
        ..
    } = draws;
    let arguments = || format!("draw {draw:?}, {draws}");
    hold("sample", arguments, || sample(logits, *temperature, draw))
}

fn hold<T>(
    name: &str,
    arguments: impl Fn() -> String,
    call: impl FnOnce() -> T,
) -> Result<T, Failure> {
    caught(call).map_err(|panic| {
        let seen = format!("{name} panicked: {panic}, for {}", arguments());
        let why = "one document or one logit must not end the request";
        Failure::new(seen, "Ok or Err", why).of_promise(NO_PANIC)
    })
}
