//! Scenes of all kinds: empty texts beside long ones, each limit, each side, several calls, and runs that fail.

use std::cell::RefCell;
use std::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::model::{Judged, Scene};
use super::toy::Noise;
use crate::{Settings, Side};

/// Of all that is generated: always the same.
const SEED: u8 = 9;

pub fn settings() -> impl Strategy<Value = Settings> {
    let max_tokens = prop_oneof![
        6 => Just(512_usize),
        3 => 1..10_usize,
        1 => select(vec![0, 1, 40, usize::MAX]),
    ];
    let pad_id = prop_oneof![1 => Just(0_i64), 2 => 0..12_i64, 1 => Just(50_256)];
    let side = select(vec![Side::Left, Side::Right]);
    (max_tokens, pad_id, side).prop_map(|(max_tokens, pad_id, side)| Settings {
        max_tokens,
        pad_id,
        side,
    })
}

/// Texts whose ids are below `ids`, those of padding among them.
pub fn texts(ids: i64) -> impl Strategy<Value = Vec<Vec<i64>>> {
    let length =
        prop_oneof![1 => Just(0_usize), 4 => 1..6_usize, 2 => 1..20_usize, 1 => 20..60_usize];
    let id = prop_oneof![1 => 0..12_i64, 1 => 0..ids];
    let text = length.prop_flat_map(move |length| vec(id.clone(), length));
    vec(text, 0..7)
}

pub fn scenes() -> impl Strategy<Value = Scene> {
    let noise = select(vec![Noise::Finite, Noise::Infinite, Noise::NaN]);
    let fails = prop_oneof![2 => Just(vec![]), 1 => vec(0..4_usize, 1..3)];
    let calls = vec(texts(30_000), 1..4);
    (settings(), 1..5_usize, noise, calls, fails).prop_map(
        |(settings, dim, noise, calls, fails)| Scene {
            settings,
            dim,
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
            failure.why += &format!("\n(generated with seed {SEED}, and made small)");
            failure.raise();
        }
        Err(TestError::Abort(reason)) => panic!("the cases are not made: {reason}"),
    }
}
