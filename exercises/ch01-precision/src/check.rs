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
fn expect_feature(payment: &Payment, field: Field, why: &str) {
    let expected = feature_wanted(payment, field);
    match features(payment) {
        Ok(features) => {
            let feature = value_of(&features, field);
            if !within(payment, field, feature) {
                let seen = format!("{field:?} is {feature:?} for {}", inputs(payment, field));
                fail(&seen, &expected, why);
            }
        }
        Err(loss) => {
            let seen = format!("refused: {loss:?} for {}", inputs(payment, loss.field));
            fail(&seen, &expected, why);
        }
    }
}

#[track_caller]
fn expect_refusal(payment: &Payment, field: Field, why: &str) -> PrecisionLoss {
    let expected = format!("Err(PrecisionLoss {{ field: {field:?}, .. }})");
    match features(payment) {
        Err(loss) if loss.field == field => loss,
        Err(loss) => {
            let seen = format!("refused for another field: {loss:?}");
            let expected = format!("{expected}: every other field is within its budget");
            fail(&seen, &expected, why)
        }
        Ok(features) => {
            let feature = value_of(&features, field);
            let seen = match field {
                // As digits: 2^64 and its neighbour look alike in scientific notation.
                Field::Merchant => {
                    let id = payment.merchant_id;
                    format!("Merchant went to the model as {feature:.1}; exactly it is {id}.0")
                }
                _ => {
                    let exact = exact(payment, field);
                    format!("{field:?} went to the model as {feature:?}; exactly it is {exact:?}")
                }
            };
            fail(&seen, &expected, why)
        }
    }
}

#[track_caller]
fn expect_true_words(payment: &Payment, loss: &PrecisionLoss) {
    if !tells_the_truth(payment, loss) {
        let (exact, error) = (
            exact(payment, loss.field),
            nearest_error(payment, loss.field),
        );
        let expected = if exact.is_finite() {
            format!("value: {exact:?}, error: {error:?}")
        } else {
            "value and error infinite or NaN".to_owned()
        };
        let why = "whoever reads the log must see which request it was, and how bad";
        let seen = format!("{loss:?} for {}", inputs(payment, loss.field));
        fail(&seen, &expected, why);
    }
}

#[test]
fn a_gap_between_two_payments_keeps_its_milliseconds() {
    let cast = "an f32 of this Unix time steps by 131 s: subtract first, cast the small difference";
    let thousandths = "a millisecond is a fraction of a second: divide a float, and round once";
    let back = "two clocks differ: a payment may seem to come before the one before it";
    let long = "a card may rest for a year, and the f32 of that is still close enough";
    for (gap_ms, why) in [
        (250, cast),
        (4_000, cast),
        (4_321, thousandths),
        (90_061_001, thousandths),
        (0, "two payments in one millisecond are no mistake"),
        (-3, back),
        (31_622_400_000, long),
    ] {
        let payment = Payment {
            previous_ms: NOW_MS - gap_ms,
            ..ordinary()
        };
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
    let of = |amount_cents| Payment {
        amount_cents,
        limit_cents: 1 << 40,
        ..ordinary()
    };
    for cents in [1, 1_999, 9_999_999, -2_500, 13_107_202, 26_214_400] {
        let why = "an f32 within half a cent exists: to refuse it turns a customer away";
        expect_feature(&of(cents), Field::Amount, why);
    }
    for cents in [26_214_401, 1_000_000_001, 123_456_789_012, -1_000_000_001] {
        let why = "above 262,144 an f32 steps by 3 cents and more";
        expect_refusal(&of(cents), Field::Amount, why);
    }
    let why =
        "above 131,072 an f32 steps by 1.6 cents: some amounts have one close by, some have none";
    expect_refusal(&of(13_107_201), Field::Amount, why);

    let why = "round once: the cents are above 2^24, and lose their last one as an f32";
    expect_feature(&of(16_777_217), Field::Amount, why);
}

#[test]
fn the_mean_of_a_long_history_does_not_drift() {
    let steps = "each addition to a large f32 sum rounds, and the errors all lean the same way";
    let alike = "every payment of the history counts, and each counts alike";
    let swallowed = "a large f32 sum swallows small values, be it only a part of the history";
    let running = "a running mean or correction in f32 rounds at every step, as a sum does";
    for (history_cents, why) in [
        // The sum is 2.5e9: an f32 steps by 256 there, and each addition rounds to such a step.
        (vec![12_345; 200_000], steps),
        (vec![1, 2], "the mean of whole cents is seldom a whole cent"),
        ([vec![1; 100], vec![1_001]].concat(), alike),
        // 2^31, where an f32 steps by 256, and then what is less than half a step.
        ([vec![1 << 31], vec![127; 64]].concat(), swallowed),
        (vec![u32::MAX; 1_000], "the sum needs more than 32 bits"),
        ([1_999, 149_999, 149_999].repeat(66_667), running),
    ] {
        let payment = Payment {
            history_cents,
            ..ordinary()
        };
        expect_feature(&payment, Field::MeanAmount, why);
    }
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
    let of = |amount_cents, limit_cents| Payment {
        amount_cents,
        limit_cents,
        ..ordinary()
    };
    for amount_cents in [1_999, 0, -1] {
        let why = "a limit of 0 gives infinity or NaN, and the model takes both without a word";
        expect_refusal(&of(amount_cents, 0), Field::ShareOfLimit, why);
    }
    for (amount_cents, limit_cents) in [(0, 100_000), (250_000, 100_000), (1_999, -100_000)] {
        let why = "0, above 1 or negative: a finite share goes to the model as it is";
        expect_feature(&of(amount_cents, limit_cents), Field::ShareOfLimit, why);
    }
}

#[test]
fn a_refusal_names_the_value_and_its_error() {
    // The error is 1, 7, 1 where f64 lacks the id too, and 1 where the nearest f32 is no u64.
    for merchant_id in [16_777_217, 1_000_000_007, (1 << 53) + 1, u64::MAX] {
        let payment = Payment {
            merchant_id,
            ..ordinary()
        };
        let why = "without a refusal there is nothing to read in the log";
        let loss = expect_refusal(&payment, Field::Merchant, why);
        expect_true_words(&payment, &loss);
    }
    for (amount_cents, limit_cents, field) in [
        (1_000_000_001, 1 << 40, Field::Amount),
        (-1_000_000_001, 1 << 40, Field::Amount),
        (13_107_201, 1 << 40, Field::Amount),
        (1_999, 0, Field::ShareOfLimit),
        (0, 0, Field::ShareOfLimit),
    ] {
        let payment = Payment {
            amount_cents,
            limit_cents,
            ..ordinary()
        };
        let why = "without a refusal there is nothing to read in the log";
        let loss = expect_refusal(&payment, field, why);
        expect_true_words(&payment, &loss);
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
            let seen = format!("{loss:?} for {}", inputs(&payment, loss.field));
            fail(&seen, "Ok", why);
        }
    });
}

#[test]
fn every_answer_is_within_its_budgets_and_every_refusal_is_due() {
    // Of every size and either sign, each apart from the others: shifted by a random number of bits.
    let history = (proptest::collection::vec(any::<u32>(), 0..50), 0..32_u32);
    let payments = (
        (any::<u32>(), -1_i64 << 40..1 << 40, 0..40_u32),
        (any::<u64>(), 0..64_u32),
        (-1_000_000_000_000..1_000_000_000_000_i64, 0..40_u32),
        -1_000_000..1_000_000_i64,
        history,
    )
        .prop_map(
            |((now, gap, less), (id, fewer), (amount, smaller), limit_cents, (history, lower))| {
                let now_ms = NOW_MS + i64::from(now);
                Payment {
                    now_ms,
                    previous_ms: now_ms - (gap >> less),
                    merchant_id: id >> fewer,
                    amount_cents: amount >> smaller,
                    limit_cents,
                    history_cents: history.iter().map(|cents| cents >> lower).collect(),
                }
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
                let feature = value_of(&features, field);
                if !within(&payment, field, feature) {
                    let seen = format!("{field:?} is {feature:?} for {}", inputs(&payment, field));
                    let expected = if is_due(&payment, field) {
                        format!("Err(PrecisionLoss {{ field: {field:?}, .. }})")
                    } else {
                        feature_wanted(&payment, field)
                    };
                    let why = "a budget that holds for most requests is no budget";
                    fail(&seen, &expected, why);
                }
            }
        }
        Err(loss) if is_due(&payment, loss.field) => expect_true_words(&payment, &loss),
        Err(loss) => {
            let seen = format!("{loss:?} for {}", inputs(&payment, loss.field));
            let expected = format!(
                "{}, or a refusal for another field",
                feature_wanted(&payment, loss.field)
            );
            fail(&seen, &expected, "f32 carries this value within its budget");
        }
    });
}

/// What of the payment makes the field.
fn inputs(payment: &Payment, field: Field) -> String {
    let Payment {
        now_ms,
        previous_ms,
        merchant_id,
        amount_cents,
        limit_cents,
        history_cents,
    } = payment;
    match field {
        Field::Gap => format!("now_ms: {now_ms}, previous_ms: {previous_ms}"),
        Field::Merchant => format!("merchant_id: {merchant_id}"),
        Field::Amount => format!("amount_cents: {amount_cents}"),
        Field::MeanAmount if history_cents.len() <= 50 => {
            format!("history_cents: {history_cents:?}")
        }
        Field::MeanAmount => {
            let (first, count) = (&history_cents[..4], history_cents.len());
            format!("{count} history_cents that begin with {first:?}")
        }
        Field::ShareOfLimit => format!("amount_cents: {amount_cents}, limit_cents: {limit_cents}"),
    }
}

fn feature_wanted(payment: &Payment, field: Field) -> String {
    let exact = exact(payment, field);
    let budget = budget(field, exact);
    match field {
        Field::Merchant => format!("{field:?} of exactly {exact:?}"),
        _ => format!("{field:?} of {exact:?}, and at most {budget:?} away from it"),
    }
}

/// As `Field::budget` was agreed upon, whatever it says by now.
fn budget(field: Field, exact: f64) -> f64 {
    let one_in_a_million = 1e-6 * exact.abs();
    match field {
        Field::Gap => one_in_a_million.max(0.0005),
        Field::Merchant => 0.0,
        Field::Amount => 0.005,
        Field::MeanAmount | Field::ShareOfLimit => one_in_a_million,
    }
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

/// A right answer may divide in another order: that is worth a few units of f64's last place.
fn slack(exact: f64) -> f64 {
    1e-14 * exact.abs()
}

fn error_of(payment: &Payment, field: Field, feature: f32) -> f64 {
    let error = (f64::from(feature) - exact(payment, field)).abs();
    if field == Field::Merchant && error == 0.0 {
        // f64 lacks most of the large ids; u128 holds each of them, and 2^64.
        (feature as u128).abs_diff(u128::from(payment.merchant_id)) as f64
    } else {
        error
    }
}

/// How far the nearest f32 is from the exact value.
fn nearest_error(payment: &Payment, field: Field) -> f64 {
    let nearest = match field {
        Field::Merchant => payment.merchant_id as f32,
        _ => exact(payment, field) as f32,
    };
    error_of(payment, field, nearest)
}

fn within(payment: &Payment, field: Field, feature: f32) -> bool {
    let exact = exact(payment, field);
    let slack = if field == Field::Merchant {
        0.0
    } else {
        slack(exact)
    };
    error_of(payment, field, feature) <= budget(field, exact) + slack
}

/// False where the nearest f32 is within the budget by more than the slack: to refuse that is a mistake.
fn is_due(payment: &Payment, field: Field) -> bool {
    let exact = exact(payment, field);
    let slack = if field == Field::Merchant {
        0.0
    } else {
        slack(exact)
    };
    // NaN is within nothing.
    let is_within = nearest_error(payment, field) <= budget(field, exact) - slack;
    !is_within
}

/// A refusal that is due, with the value and the error as they are.
fn tells_the_truth(payment: &Payment, loss: &PrecisionLoss) -> bool {
    let exact = exact(payment, loss.field);
    if !exact.is_finite() {
        return !loss.value.is_finite() && !loss.error.is_finite();
    }
    let is_near = |seen: f64, wanted: f64| (seen - wanted).abs() <= slack(exact);
    let error = nearest_error(payment, loss.field);
    is_near(loss.value, exact) && is_near(loss.error, error) && loss.error > 0.0
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

/// The same cases in every run, so that a verdict does not change without a change of the code.
fn for_each(payments: impl Strategy<Value = Payment>, check: impl Fn(Payment)) {
    let config = Config {
        failure_persistence: None,
        max_shrink_iters: 0,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for _ in 0..2_048 {
        let payment = payments
            .new_tree(&mut runner)
            .expect("the strategy rejects nothing")
            .current();
        check(payment);
    }
}
