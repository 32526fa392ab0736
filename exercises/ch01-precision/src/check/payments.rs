//! Payments as they may come: ordinary ones, and ones with numbers of every size and next to every limit.

use std::fmt::Debug;

use checks::Failure;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::Payment;

/// An afternoon in November 2026, in milliseconds. An f32 steps by 131,072 ms there.
pub const NOW_MS: i64 = 1_795_444_200_250;

/// Times and cents are as large as this, and no larger.
pub const LARGEST: i64 = (1 << 53) - 1;

/// A payment that leaves every budget alone.
pub fn ordinary() -> Payment {
    Payment {
        now_ms: NOW_MS,
        previous_ms: NOW_MS - 4_000,
        merchant_id: 4_711,
        amount_cents: 1_999,
        limit_cents: 100_000,
        history_cents: vec![1_000, 2_000],
    }
}

/// What a service sees from day to day.
pub fn ordinary_payments() -> impl Strategy<Value = Payment> {
    let times = (0..4_000_000_000_000_i64, 0..10_000_000_i64);
    (times, 0..1_u64 << 24, 0..10_000_000_i64).prop_map(
        |((now_ms, gap_ms), merchant_id, amount_cents)| Payment {
            now_ms,
            previous_ms: now_ms - gap_ms,
            merchant_id,
            amount_cents,
            ..ordinary()
        },
    )
}

/// Whatever the promises allow. Each number is as in an ordinary payment more often than not: one that is refused
/// would hide the others.
pub fn all_payments() -> impl Strategy<Value = Payment> {
    let ordinary = ordinary();
    (
        prop_oneof![2 => Just((ordinary.now_ms, ordinary.previous_ms)), 1 => times()],
        prop_oneof![2 => Just(ordinary.merchant_id), 1 => ids()],
        prop_oneof![2 => Just(ordinary.amount_cents), 1 => amounts()],
        prop_oneof![2 => Just(ordinary.limit_cents), 1 => of_every_size(), 1 => -2..=2_i64],
        prop_oneof![2 => Just(ordinary.history_cents), 1 => histories()],
    )
        .prop_map(
            |((now_ms, previous_ms), merchant_id, amount_cents, limit_cents, history_cents)| {
                Payment {
                    now_ms,
                    previous_ms,
                    merchant_id,
                    amount_cents,
                    limit_cents,
                    history_cents,
                }
            },
        )
}

/// Of either sign. Shifted by a random number of bits, as a random number alone is nearly always a large one.
fn of_every_size() -> impl Strategy<Value = i64> {
    (-LARGEST..=LARGEST, 0..53_u32).prop_map(|(number, fewer)| number / (1 << fewer))
}

fn times() -> impl Strategy<Value = (i64, i64)> {
    let near = prop_oneof![of_every_size(), -LARGEST..=LARGEST];
    // From one second to years.
    let whole = prop_oneof![Just(1_000), Just(60_000), Just(86_400_000)];
    let whole = (1..1_i64 << 20, 0..20_u32, whole);
    prop_oneof![
        (of_every_size(), of_every_size()),
        // Close to each other, and be it far from today.
        (near, -10_000..10_000_i64)
            .prop_map(|(now, gap)| (now, (now - gap).clamp(-LARGEST, LARGEST))),
        whole.prop_map(|(number, fewer, unit)| (NOW_MS, NOW_MS - (number >> fewer) * unit)),
    ]
}

fn ids() -> impl Strategy<Value = u64> {
    // 24 bits, moved to their place: an f32. Then the ids around it, and those in the middle to the next one.
    let next_to_an_f32 = (1_u64 << 23..1 << 24, 0..41_u32, 0..3_u64, -2..=2_i64).prop_map(
        |(digits, shift, halves, off)| {
            let id = (digits << shift).saturating_add(halves * (1 << shift >> 1));
            id.saturating_add_signed(off)
        },
    );
    prop_oneof![
        (any::<u64>(), 0..64_u32).prop_map(|(id, fewer)| id >> fewer),
        next_to_an_f32,
        (0..1_u64 << 41, 0..41_u32).prop_map(|(below, fewer)| u64::MAX - (below >> fewer)),
    ]
}

fn amounts() -> impl Strategy<Value = i64> {
    // Between 65,536 units, where an f32 is closer than half a cent, and 2^53 cents.
    let next_to_an_f32 = (1 << 23..1 << 24, -7..24, -2..=2_i64, any::<bool>()).prop_map(
        |(digits, exponent, off, is_negative)| {
            let cents = (100.0 * f64::from(digits) * 2_f64.powi(exponent)).round() as i64 + off;
            let cents = cents.min(LARGEST);
            if is_negative { -cents } else { cents }
        },
    );
    prop_oneof![of_every_size(), next_to_an_f32]
}

fn histories() -> impl Strategy<Value = Vec<u32>> {
    let short = (proptest::collection::vec(any::<u32>(), 0..50), 0..32_u32)
        .prop_map(|(cents, lower)| cents.iter().map(|cents| cents >> lower).collect());
    // Scattered by multiplication: thousands of random numbers of their own would take their time.
    let long = (any::<u32>(), 0..3_000_u32, 0..32_u32).prop_map(|(seed, count, lower)| {
        let scattered = |at: u32| (seed ^ at).wrapping_mul(2_654_435_769);
        (0..count).map(|at| scattered(at) >> lower).collect()
    });
    let large_and_small = (any::<u32>(), any::<u32>(), 0..32_u32, 1..2_000_usize).prop_map(
        |(large, small, lower, count)| [vec![large], vec![small >> lower; count]].concat(),
    );
    let tiny = (1..4_u32, 1..2_000_usize)
        .prop_map(|(cents, count)| [vec![0; count], vec![cents]].concat());
    prop_oneof![4 => short, 1 => long, 1 => large_and_small, 1 => tiny]
}

/// A payment, and another that differs from it in one number.
pub fn two_payments() -> impl Strategy<Value = [Payment; 2]> {
    (all_payments(), 0..6, any::<usize>()).prop_map(|(first, changed, at)| {
        let mut second = first.clone();
        let other = |number: i64| if number > 0 { number - 1 } else { number + 1 };
        match changed {
            0 => second.now_ms = other(first.now_ms),
            1 => second.previous_ms = other(first.previous_ms),
            2 => second.merchant_id ^= 1,
            3 => second.amount_cents = other(first.amount_cents),
            4 => second.limit_cents = other(first.limit_cents),
            _ => match second.history_cents.len() {
                0 => second.history_cents.push(1),
                count => second.history_cents[at % count] ^= 1 << 31,
            },
        }
        [first, second]
    })
}

/// The same cases in every run, so that a verdict does not change without a change of the code. The first that fails
/// is told after it has been made as small as it still fails.
#[track_caller]
pub fn for_each<T: Debug>(
    count: u32,
    cases: impl Strategy<Value = T>,
    check: impl Fn(&T) -> Result<(), Failure>,
) {
    const SEED: u8 = 1;
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 1_000,
        ..Config::default()
    };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[SEED; 32]);
    let mut runner = TestRunner::new_with_rng(config, random);
    let ran = runner.run(&cases, |case| {
        check(&case).map_err(|failure| TestCaseError::fail(failure.seen))
    });
    if let Err(TestError::Fail(reason, smallest)) = ran {
        let mut failure = check(&smallest).err().unwrap_or_else(|| {
            let why = "the same payment must have the same answer, whatever was asked before";
            Failure::new(reason.to_string(), "what it is now", why)
        });
        failure.why += &format!(
            "\n(of {count} cases from seed {SEED}, the first that fails, made as small as it still does)"
        );
        failure.raise();
    }
}
