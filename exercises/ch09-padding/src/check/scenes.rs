//! Scenes of all kinds: empty texts beside long ones, each limit, each side, several calls, and runs that fail.

use std::cell::RefCell;
use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::model::{Judged, Scene};
use super::toy::{Noise, Weights};
use crate::{Settings, Side};

/// Of all that is generated: always the same.
const SEED: u8 = 9;

pub fn settings() -> impl Strategy<Value = Settings> {
    let max_tokens = prop_oneof![
        6 => Just(512_usize),
        3 => 1..10_usize,
        1 => select(vec![0, 1, 40, 65_536, usize::MAX]),
    ];
    let pad_id = prop_oneof![
        1 => Just(0_i64),
        2 => 0..12_i64,
        1 => select(vec![50_256, -1, -100, 1 << 40]),
    ];
    let side = select(vec![Side::Left, Side::Right]);
    (max_tokens, pad_id, side).prop_map(|(max_tokens, pad_id, side)| Settings {
        max_tokens,
        pad_id,
        side,
    })
}

/// Texts of these ids, fewer than `most`.
pub fn texts(
    id: impl Strategy<Value = i64> + Clone,
    most: usize,
) -> impl Strategy<Value = Vec<Vec<i64>>> {
    let length =
        prop_oneof![1 => Just(0_usize), 4 => 1..6_usize, 2 => 1..20_usize, 1 => 20..60_usize];
    let text = length.prop_flat_map(move |length| vec(id.clone(), length));
    vec(text, 0..most)
}

/// A few calls; or many, each with a text or two; or one with many texts.
fn calls() -> impl Strategy<Value = Vec<Vec<Vec<i64>>>> {
    // An id may be any number, also those that do not fit into fewer bits.
    let far = select(vec![-1, -7, i64::MIN, i64::MAX, 1 << 32, (5 << 32) + 3]);
    let id = prop_oneof![6 => 0..12_i64, 6 => 0..30_000_i64, 1 => far];
    prop_oneof![
        6 => vec(texts(id.clone(), 7), 1..4),
        2 => vec(texts(id.clone(), 3), 3..9),
        1 => vec(texts(id, 40), 1..3),
    ]
}

/// Makes of some texts others that are nearly alike.
fn alike(mut calls: Vec<Vec<Vec<i64>>>, pairs: Vec<(Index, Index, u8)>) -> Vec<Vec<Vec<i64>>> {
    let texts = || calls.iter().enumerate();
    let places = texts().flat_map(|(call, texts)| (0..texts.len()).map(move |text| (call, text)));
    let places: Vec<_> = places.collect();
    if places.is_empty() {
        return calls;
    }
    for (from, to, how) in pairs {
        let (from, to) = (*from.get(&places), *to.get(&places));
        let mut text = calls[from.0][from.1].clone();
        let len = text.len();
        match how {
            0 => text.reverse(),
            1 => text.truncate(len / 2),
            2 => text.extend_from_within(..),
            3 if len > 2 => text.swap(1, len - 1),
            4 if len > 0 => text[0] ^= 1,
            5 if len > 0 => text[len - 1] ^= 1,
            6 if len > 0 => text[len / 2] ^= 1,
            _ => {}
        }
        calls[to.0][to.1] = text;
    }
    calls
}

pub fn scenes() -> impl Strategy<Value = Scene> {
    let noise = select(vec![Noise::Finite, Noise::Infinite, Noise::NaN]);
    let fails = prop_oneof![2 => Just(vec![]), 1 => vec(0..4_usize, 1..5)];
    let dim = prop_oneof![6 => 1..5_usize, 1 => select(vec![8, 9, 17, 33])];
    let scale = select(vec![1.0, 1.0, 128.0, 1.0 / 1024.0]);
    let weights =
        (dim, scale, 0..3_i64).prop_map(|(dim, scale, seed)| Weights { dim, scale, seed });
    let pairs = vec((any::<Index>(), any::<Index>(), 0..8_u8), 0..4);
    let calls = (calls(), pairs).prop_map(|(calls, pairs)| alike(calls, pairs));
    (settings(), weights, noise, calls, fails).prop_map(
        |(settings, weights, noise, calls, fails)| Scene {
            settings,
            weights,
            noise,
            calls,
            fails,
        },
    )
}

/// Judges generated cases, always the same ones; fails with the smallest that it finds.
#[track_caller]
pub fn for_each<T: Debug>(
    cases: u32,
    max_shrink_iters: u32,
    strategy: impl Strategy<Value = T>,
    judge: impl Fn(&T) -> Judged,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[SEED; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    // Each smaller case that fails takes the place of the one before. It is not tried again: an answer that keeps
    // something between calls may pass the second time.
    let smallest = RefCell::new(None);
    let outcome = runner.run(&strategy, |case| {
        judge(&case).map_err(|failure| {
            smallest.replace(Some(failure));
            TestCaseError::fail("a promise is broken")
        })
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => {
            let Some(mut failure) = smallest.into_inner() else {
                panic!("{reason}");
            };
            failure.seen += &format!("\n(generated with seed {SEED}, and made small)");
            failure.raise();
        }
        Err(TestError::Abort(reason)) => panic!("the cases are not made: {reason}"),
    }
}
