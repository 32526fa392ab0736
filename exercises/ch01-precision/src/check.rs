use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::{Field, Payment, PrecisionLoss, features};

/// An afternoon in November 2026, in milliseconds. An f32 steps by 131,072 ms there.
const NOW_MS: i64 = 1_795_444_200_250;

/// A payment that leaves every budget alone.
fn ordinary() -> Payment {
    Payment {
        now_ms: NOW_MS,
        previous_ms: NOW_MS - 4_000,
        merchant_id: 4_711,
        amount_cents: 1_999,
        limit_cents: 100_000,
        history_cents: vec![1_000, 2_000],
    }
}

/// Fails with what was seen, what was expected and why it matters.
#[track_caller]
fn fail(seen: &str, expected: &str, why: &str) -> ! {
    panic!("seen:     {seen}\nexpected: {expected}\nwhy:      {why}");
}

#[track_caller]
fn expect_feature(payment: &Payment, field: Field, why: &str) -> f32 {
    let exact = exact(payment, field);
    match features(payment) {
        Ok(features) => {
            let feature = value_of(&features, field);
            if !within(field, exact, feature) {
                let expected = format!(
                    "{exact:?}, and at most {:?} away from it",
                    field.budget(exact)
                );
                fail(&format!("{field:?} is {feature:?}"), &expected, why);
            }
            feature
        }
        Err(loss) => fail(
            &format!("refused: {loss:?}"),
            &format!("{field:?} of {exact:?}"),
            why,
        ),
    }
}

#[track_caller]
fn expect_refusal(payment: &Payment, field: Field, why: &str) -> PrecisionLoss {
    match features(payment) {
        Err(loss) if loss.field == field => loss,
        Err(loss) => fail(
            &format!("refused for another field: {loss:?}"),
            &format!("{field:?}"),
            why,
        ),
        Ok(features) => {
            let feature = value_of(&features, field);
            let exact = exact(payment, field);
            let seen =
                format!("{field:?} went to the model as {feature:?}; exactly it is {exact:?}");
            fail(
                &seen,
                &format!("Err(PrecisionLoss {{ field: {field:?}, .. }})"),
                why,
            )
        }
    }
}

#[test]
fn a_gap_between_two_payments_keeps_its_milliseconds() {
    for gap_ms in [250, 4_000, 90_061_001, 0, -3] {
        let payment = Payment {
            previous_ms: NOW_MS - gap_ms,
            ..ordinary()
        };
        let why =
            "an f32 of this Unix time steps by 131 s: subtract first, cast the small difference";
        expect_feature(&payment, Field::Gap, why);
    }
}

#[test]
fn a_merchant_id_arrives_exactly_or_is_refused() {
    let last = 1_u64 << 24;
    for id in [0, 1, last - 1, last, last + 2, 1 << 40, 1 << 63] {
        let payment = Payment {
            merchant_id: id,
            ..ordinary()
        };
        let why = "f32 has this number exactly, though it lacks some of its neighbours";
        expect_feature(&payment, Field::Merchant, why);
    }
    for id in [
        last + 1,
        last + 3,
        33_554_433,
        (1 << 53) + 1,
        u64::MAX - 1,
        u64::MAX,
    ] {
        let payment = Payment {
            merchant_id: id,
            ..ordinary()
        };
        let why = "the nearest f32 is another merchant's row, and nobody would ever notice";
        expect_refusal(&payment, Field::Merchant, why);
    }
}

#[test]
fn an_amount_keeps_its_cent_or_is_refused() {
    for cents in [1, 1_999, 9_999_999, -2_500, 26_214_400] {
        let payment = Payment {
            amount_cents: cents,
            limit_cents: 1 << 40,
            ..ordinary()
        };
        expect_feature(
            &payment,
            Field::Amount,
            "the amount is what the model decides about",
        );
    }
    for cents in [26_214_401, 1_000_000_001, 123_456_789_012] {
        let payment = Payment {
            amount_cents: cents,
            limit_cents: 1 << 40,
            ..ordinary()
        };
        let why = "above 262,144 an f32 steps by 3 cents and more";
        expect_refusal(&payment, Field::Amount, why);
    }
}

#[test]
fn a_long_history_does_not_stall_the_mean() {
    // The sum is 2.5e9: an f32 steps by 256 there, and each addition rounds to such a step.
    let payment = Payment {
        history_cents: vec![12_345; 200_000],
        ..ordinary()
    };
    let why = "each addition to a large f32 sum rounds, and the errors all lean the same way";
    expect_feature(&payment, Field::MeanAmount, why);

    let payment = Payment {
        history_cents: vec![u32::MAX; 1_000],
        ..ordinary()
    };
    expect_feature(
        &payment,
        Field::MeanAmount,
        "the sum needs more than 32 bits",
    );
}

#[test]
fn a_card_without_a_history_has_a_mean_of_zero() {
    let payment = Payment {
        history_cents: Vec::new(),
        ..ordinary()
    };
    let why = "0 / 0 is NaN, and one NaN in the input makes the whole score NaN";
    expect_feature(&payment, Field::MeanAmount, why);
}

#[test]
fn a_share_that_is_no_finite_number_is_refused() {
    for amount_cents in [1_999, 0, -1] {
        let payment = Payment {
            amount_cents,
            limit_cents: 0,
            ..ordinary()
        };
        let why = "a limit of 0 gives infinity or NaN, and the model takes both without a word";
        expect_refusal(&payment, Field::ShareOfLimit, why);
    }
}

#[test]
fn a_refusal_names_the_value_and_its_error() {
    let payment = Payment {
        merchant_id: 16_777_217,
        ..ordinary()
    };
    let why = "whoever reads the log must see which request it was, and how bad";
    let loss = expect_refusal(&payment, Field::Merchant, why);
    if loss.value != 16_777_217.0 || loss.error != 1.0 {
        fail(&format!("{loss:?}"), "value: 16777217.0, error: 1.0", why);
    }
    let payment = Payment {
        amount_cents: 1_000_000_001,
        limit_cents: 1 << 40,
        ..ordinary()
    };
    let loss = expect_refusal(&payment, Field::Amount, why);
    if (loss.value - 10_000_000.01).abs() > 1e-6 || (loss.error - 0.01).abs() > 1e-6 {
        fail(
            &format!("{loss:?}"),
            "value: 10000000.01, error: about 0.01",
            why,
        );
    }
}

#[test]
fn an_ordinary_payment_is_never_refused() {
    let payments = (
        0..4_000_000_000_000_i64,
        0..10_000_000_i64,
        0..1_u64 << 24,
        0..10_000_000_i64,
    )
        .prop_map(|(now_ms, gap_ms, merchant_id, amount_cents)| Payment {
            now_ms,
            previous_ms: now_ms - gap_ms,
            merchant_id,
            amount_cents,
            ..ordinary()
        });
    for_each(payments, |payment| {
        if let Err(loss) = features(&payment) {
            let why = "a check that refuses what f32 can carry turns customers away";
            fail(&format!("{loss:?} for {payment:?}"), "Ok", why);
        }
    });
}

#[test]
fn every_answer_is_within_its_budgets_and_every_refusal_is_due() {
    let history = proptest::collection::vec(any::<u32>(), 0..50);
    let cents = 0..1_000_000_000_000_i64;
    let payments = (
        any::<u32>(),
        any::<i32>(),
        any::<u64>(),
        0..64_u32,
        cents,
        0..1_000_000_i64,
        history,
    )
        .prop_map(
            |(now, gap, id, shift, amount_cents, limit_cents, history_cents)| Payment {
                now_ms: NOW_MS + i64::from(now),
                previous_ms: NOW_MS + i64::from(now) - i64::from(gap),
                // Of every size, not only close to 2^64.
                merchant_id: id >> shift,
                amount_cents: amount_cents >> (shift / 2),
                limit_cents,
                history_cents,
            },
        );
    for_each(payments, |payment| match features(&payment) {
        Ok(features) => {
            for field in [
                Field::Gap,
                Field::Merchant,
                Field::Amount,
                Field::MeanAmount,
                Field::ShareOfLimit,
            ] {
                let (exact, feature) = (exact(&payment, field), value_of(&features, field));
                let is_right = match field {
                    Field::Merchant => feature as u128 == u128::from(payment.merchant_id),
                    _ => within(field, exact, feature),
                };
                if !is_right {
                    let seen = format!("{field:?} is {feature:?} for {payment:?}");
                    let budget = field.budget(exact);
                    let expected =
                        format!("{exact:?}, at most {budget:?} away from it, or a refusal");
                    fail(
                        &seen,
                        &expected,
                        "a budget that holds for most requests is no budget",
                    );
                }
            }
        }
        Err(loss) => {
            let exact = exact(&payment, loss.field);
            let is_due = match loss.field {
                Field::Merchant => {
                    payment.merchant_id as f32 as u128 != u128::from(payment.merchant_id)
                }
                field => !surely_within(field, exact),
            };
            if !is_due {
                let seen = format!("{loss:?} for {payment:?}");
                fail(
                    &seen,
                    &format!("{:?} of {exact:?}", loss.field),
                    "f32 carries this value within its budget",
                );
            }
        }
    });
}

/// The feature's value before it is an f32: from integers, divided once.
fn exact(payment: &Payment, field: Field) -> f64 {
    let amount = payment.amount_cents as f64;
    match field {
        Field::Gap => (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        Field::Merchant => payment.merchant_id as f64,
        Field::Amount => amount / 100.0,
        Field::MeanAmount if payment.history_cents.is_empty() => 0.0,
        Field::MeanAmount => {
            let sum: u64 = payment
                .history_cents
                .iter()
                .map(|&cents| u64::from(cents))
                .sum();
            sum as f64 / (100.0 * payment.history_cents.len() as f64)
        }
        Field::ShareOfLimit => amount / payment.limit_cents as f64,
    }
}

fn value_of(features: &crate::Features, field: Field) -> f32 {
    match field {
        Field::Gap => features.gap,
        Field::Merchant => features.merchant,
        Field::Amount => features.amount,
        Field::MeanAmount => features.mean_amount,
        Field::ShareOfLimit => features.share_of_limit,
    }
}

/// A right answer may divide in another order: that is worth a few units of f64's last place.
fn slack(exact: f64) -> f64 {
    1e-14 * exact.abs()
}

fn within(field: Field, exact: f64, feature: f32) -> bool {
    (f64::from(feature) - exact).abs() <= field.budget(exact) + slack(exact)
}

/// Within the budget by more than the slack: to refuse this is a mistake.
fn surely_within(field: Field, exact: f64) -> bool {
    (f64::from(exact as f32) - exact).abs() < field.budget(exact) - slack(exact)
}

/// The same cases in every run, so that a verdict does not change without a change of the code.
fn for_each(payments: impl Strategy<Value = Payment>, check: impl Fn(Payment)) {
    let config = Config {
        failure_persistence: None,
        cases: 512,
        max_shrink_iters: 0,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for _ in 0..512 {
        let payment = payments
            .new_tree(&mut runner)
            .expect("the strategy rejects nothing")
            .current();
        check(payment);
    }
}
