//! What the page tells of the standard library, where a block of it cannot show it.

use std::cmp::Ordering;
use std::panic::catch_unwind;

/// Scores of `rows` documents; in each five, one is NaN.
fn scores(rows: usize) -> Vec<f32> {
    let score = |row: usize| ((row * 37 + 11) % 101) as f32 / 101.0;
    let is_nan = |row: usize| row % 5 == 3;
    (0..rows)
        .map(|row| if is_nan(row) { f32::NAN } else { score(row) })
        .collect()
}

/// The page's sort; the words of its panic, if it panics.
fn sorted(mut scores: Vec<f32>) -> Result<Vec<f32>, String> {
    let sorted = catch_unwind(|| {
        scores.sort_by(|a, b| b.partial_cmp(a).unwrap_or(Ordering::Equal));
        scores
    });
    sorted.map_err(|panic| checks::panic_text(&*panic).unwrap_or_default().to_owned())
}

fn is_descending(scores: &[f32]) -> bool {
    let numbers: Vec<f32> = scores.iter().copied().filter(|x| !x.is_nan()).collect();
    numbers.windows(2).all(|pair| pair[0] >= pair[1])
}

#[test]
fn up_to_20_rows_no_sort_panics_and_the_order_is_wrong() {
    for rows in 5..=20 {
        let sorted = sorted(scores(rows)).expect("no panic");
        assert!(!is_descending(&sorted), "{rows} rows: {sorted:?}");
    }
}

#[test]
fn from_21_rows_on_some_sorts_panic_and_some_are_wrong_in_silence() {
    let outcomes: Vec<Result<Vec<f32>, String>> =
        (21..=200).map(|rows| sorted(scores(rows))).collect();
    let panics = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    let words = "user-provided comparison function does not correctly implement a total order";
    assert!(panics.clone().all(|panic| panic == words));
    assert!(panics.count() > 0, "none of them panics any more");
    let is_wrong =
        |outcome: &Result<Vec<f32>, String>| outcome.as_ref().is_ok_and(|it| !is_descending(it));
    assert!(outcomes.iter().any(is_wrong));
}
