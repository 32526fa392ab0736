//! Calls `rank` and `sample` and holds a panic in them, with the line that it came from.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use checks::Failure;

use super::cases::{Draws, Search};
use crate::{Error, Ranking, rank, sample};

/// The promise that nothing panics, and that the same arguments have the same answer.
pub const NO_PANIC: usize = 10;

thread_local! {
    /// The panic of the call that runs on this thread; `None` where no call runs.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

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
    hold_panics_of_calls();
    PANIC.set(Some(String::new()));
    let answer = catch_unwind(AssertUnwindSafe(call));
    let panic = PANIC.take().unwrap_or_default();
    answer.map_err(|_| {
        let seen = format!("{name} panicked: {panic}\nfor {}", arguments());
        let why = "one document or one logit must not end the request";
        Failure::new(seen, "Ok or Err", why).of_promise(NO_PANIC)
    })
}

/// A call's panic is told with its arguments, and not printed each time while smaller ones are searched for.
fn hold_panics_of_calls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |info| {
            let is_of_a_call = PANIC.with_borrow_mut(|panic| match panic {
                Some(panic) => {
                    *panic = shown(info);
                    true
                }
                None => false,
            });
            if !is_of_a_call {
                hook(info);
            }
        }));
    });
}

fn shown(info: &PanicHookInfo) -> String {
    let message = info.payload_as_str().unwrap_or("without a message");
    match info.location() {
        // Where in the standard library differs from release to release.
        Some(at) if !at.file().contains("library") => {
            format!("{message} at {}:{}", at.file(), at.line())
        }
        _ => message.to_owned(),
    }
}
