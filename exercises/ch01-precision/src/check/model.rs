//! What the promises in README.md make of a payment, and what they say of an answer to it.

use checks::Failure;

use super::call::{Answer, call};
use crate::{Features, Field, Payment, PrecisionLoss};

pub const FIELDS: [Field; 5] = [
    Field::Gap,
    Field::Merchant,
    Field::Amount,
    Field::MeanAmount,
    Field::ShareOfLimit,
];

/// `Field::budget` as it was agreed upon, whatever it says by now.
pub fn agreed_budget(field: Field, exact: f64) -> f64 {
    let one_in_a_million = 1e-6 * exact.abs();
    match field {
        Field::Gap => one_in_a_million.max(0.0005),
        Field::Merchant => 0.0,
        Field::Amount => 0.005,
        Field::MeanAmount | Field::ShareOfLimit => one_in_a_million,
    }
}

/// The exact value in the field's unit, as an f64: from integers, divided once.
pub fn exact(payment: &Payment, field: Field) -> f64 {
    let amount = payment.amount_cents as f64;
    match field {
        Field::Gap => (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        Field::Merchant => payment.merchant_id as f64,
        Field::Amount => amount / 100.0,
        Field::MeanAmount if payment.history_cents.is_empty() => 0.0,
        Field::MeanAmount => {
            let cents = payment.history_cents.iter().map(|&cents| u64::from(cents));
            cents.sum::<u64>() as f64 / (100.0 * payment.history_cents.len() as f64)
        }
        Field::ShareOfLimit => amount / payment.limit_cents as f64,
    }
}

/// How far `feature` is from the exact value, in the field's unit: NaN or infinite where one of them is.
fn distance(payment: &Payment, field: Field, feature: f32) -> f64 {
    let wide = f64::from(feature);
    match field {
        // An f64 holds 24 bits times 1000, and every amount: one rounding, after the subtraction.
        Field::Gap => {
            (wide * 1000.0 - (payment.now_ms - payment.previous_ms) as f64).abs() / 1000.0
        }
        Field::Amount => (wide * 100.0 - payment.amount_cents as f64).abs() / 100.0,
        // f64 lacks most of the large ids; u128 holds each of them, and the 2^64 that some are rounded to.
        Field::Merchant if wide.fract() == 0.0 && (0.0..=2_f64.powi(64)).contains(&wide) => {
            (feature as u128).abs_diff(u128::from(payment.merchant_id)) as f64
        }
        Field::Merchant | Field::MeanAmount | Field::ShareOfLimit => {
            (wide - exact(payment, field)).abs()
        }
    }
}

/// How far the nearest f32 is from the exact value.
fn least_distance(payment: &Payment, field: Field) -> f64 {
    let near = match field {
        Field::Merchant => payment.merchant_id as f32,
        _ => exact(payment, field) as f32,
    };
    // Rounded by way of f64, it may be a neighbour of the nearest.
    [near.next_down(), near, near.next_up()]
        .map(|candidate| distance(payment, field, candidate))
        .into_iter()
        .fold(f64::NAN, f64::min)
}

/// What a distance means. In f64, one that equals the budget may seem to be a little more or less.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judged {
    Within,
    Equal,
    Beyond,
}

fn judge_distance(payment: &Payment, field: Field, distance: f64) -> Judged {
    let budget = agreed_budget(field, exact(payment, field));
    let slack = 1e-12 * budget;
    if !distance.is_finite() || distance > budget + slack {
        Judged::Beyond
    } else if distance > budget - slack {
        Judged::Equal
    } else {
        Judged::Within
    }
}

fn is_close_enough(payment: &Payment, field: Field, feature: f32) -> bool {
    judge_distance(payment, field, distance(payment, field, feature)) != Judged::Beyond
}

/// What the promises say of the answer to `payment`, whatever it is.
pub fn judge(payment: &Payment) -> Result<(), Failure> {
    let why = "a budget that holds for most payments is no budget";
    match call(payment)? {
        Answer::Features(features) => FIELDS
            .into_iter()
            .try_for_each(|field| judge_feature(payment, &features, field, why)),
        Answer::Loss(loss) => judge_loss(payment, &loss),
    }
}

/// Fails if the payment is refused, for whatever reason.
pub fn judge_accepted(payment: &Payment, why: &str) -> Result<(), Failure> {
    match call(payment)? {
        Answer::Features(_) => Ok(()),
        Answer::Loss(loss) => {
            let seen = format!("refused: {loss:?} for {}", inputs(payment, loss.field));
            Err(Failure::new(seen, "Ok", why).of_promise(not_due(payment, &loss)))
        }
    }
}

/// Fails unless the feature goes to the model, close enough to its exact value.
pub fn judge_carried(payment: &Payment, field: Field, why: &str) -> Result<(), Failure> {
    match call(payment)? {
        Answer::Features(features) => judge_feature(payment, &features, field, why),
        Answer::Loss(loss) => {
            let seen = format!("refused: {loss:?} for {}", inputs(payment, loss.field));
            let failure = Failure::new(seen, wanted(payment, field), NOT_DUE);
            Err(failure.of_promise(not_due(payment, &loss)))
        }
    }
}

/// Fails unless the payment is refused for this field, which is the only one that is too far away.
pub fn judge_refused(payment: &Payment, field: Field, why: &str) -> Result<PrecisionLoss, Failure> {
    match call(payment)? {
        Answer::Loss(loss) if loss.field == field => Ok(loss),
        Answer::Loss(loss) => {
            let seen = format!("refused for another field: {loss:?}");
            let expected = format!("{}: every other field is within its budget", refusal(field));
            Err(Failure::new(seen, expected, NOT_DUE).of_promise(TRUE_LOSS))
        }
        Answer::Features(features) => {
            let (feature, exact) = (value_of(&features, field), exact(payment, field));
            let went = match field {
                // As digits: 2^64 and its neighbour look alike in scientific notation.
                Field::Merchant => format!("{feature:.1}; exactly it is {}.0", payment.merchant_id),
                _ => format!("{feature:?}; exactly it is {exact:?}"),
            };
            let seen = format!("{field:?} went to the model as {went}");
            Err(Failure::new(seen, refusal(field), why).of_promise(value_of_field(field)))
        }
    }
}

fn judge_feature(
    payment: &Payment,
    features: &Features,
    field: Field,
    why: &str,
) -> Result<(), Failure> {
    let feature = value_of(features, field);
    if is_close_enough(payment, field, feature) {
        return Ok(());
    }
    let shown = match field {
        Field::Merchant => format!("{feature:.1}"),
        _ => format!("{feature:?}"),
    };
    let seen = format!("{field:?} is {shown} for {}", inputs(payment, field));
    let least = least_distance(payment, field);
    let expected = match judge_distance(payment, field, least) {
        Judged::Beyond => refusal(field),
        Judged::Within | Judged::Equal => wanted(payment, field),
    };
    Err(Failure::new(seen, expected, why).of_promise(value_of_field(field)))
}

/// The promise that says what the payment is answered with: features or a refusal.
pub const OK_OR_REFUSED: usize = 6;

/// The promise that says what a refusal holds.
const TRUE_LOSS: usize = 7;

const NOT_DUE: &str =
    "f32 carries this value within its budget: to refuse it turns a customer away";

/// The promise that a refusal breaks which is not due: it was computed from another value, or judged wrongly.
fn not_due(payment: &Payment, loss: &PrecisionLoss) -> usize {
    let exact = exact(payment, loss.field);
    let is_of_the_value = (loss.value - exact).abs() <= 1e-9 * exact.abs();
    if is_of_the_value {
        OK_OR_REFUSED
    } else {
        value_of_field(loss.field)
    }
}

/// The promise that says what the field's value is.
fn value_of_field(field: Field) -> usize {
    match field {
        Field::Gap => 1,
        Field::Merchant => 2,
        Field::Amount => 3,
        Field::MeanAmount => 4,
        Field::ShareOfLimit => 5,
    }
}

/// A refusal that is due says which value it was and how far away the nearest f32 is.
pub fn judge_loss(payment: &Payment, loss: &PrecisionLoss) -> Result<(), Failure> {
    let field = loss.field;
    let (exact, error) = (exact(payment, field), least_distance(payment, field));
    let seen = || format!("{loss:?} for {}", inputs(payment, field));
    if judge_distance(payment, field, error) == Judged::Within {
        let expected = format!("{}, or a refusal for another field", wanted(payment, field));
        return Err(Failure::new(seen(), expected, NOT_DUE).of_promise(not_due(payment, loss)));
    }
    let step = exact.abs().next_up() - exact.abs();
    let is_near = |given: f64, wanted: f64| match field {
        Field::Merchant => given == wanted,
        _ => (given - wanted).abs() <= 2.0 * step,
    };
    let (is_true, expected) = if exact.is_finite() {
        let is_true = is_near(loss.value, exact) && is_near(loss.error, error) && loss.error > 0.0;
        (is_true, format!("value: {exact:?}, error: {error:?}"))
    } else {
        let is_true = !loss.value.is_finite() && !loss.error.is_finite();
        (is_true, "value and error infinite or NaN".to_owned())
    };
    if is_true {
        return Ok(());
    }
    let why = "whoever reads the log must see which request it was, and how bad";
    Err(Failure::new(seen(), expected, why).of_promise(TRUE_LOSS))
}

fn refusal(field: Field) -> String {
    format!("Err(PrecisionLoss {{ field: {field:?}, .. }})")
}

fn wanted(payment: &Payment, field: Field) -> String {
    let exact = exact(payment, field);
    match field {
        Field::Merchant => format!("Merchant of exactly {}.0", payment.merchant_id),
        _ => {
            let budget = agreed_budget(field, exact);
            format!("{field:?} of {exact:?}, and at most {budget:?} away from it")
        }
    }
}

fn value_of(features: &Features, field: Field) -> f32 {
    match field {
        Field::Gap => features.gap,
        Field::Merchant => features.merchant,
        Field::Amount => features.amount,
        Field::MeanAmount => features.mean_amount,
        Field::ShareOfLimit => features.share_of_limit,
    }
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

/// The whole payment, on one line.
pub fn all_inputs(payment: &Payment) -> String {
    [
        Field::Gap,
        Field::Merchant,
        Field::ShareOfLimit,
        Field::MeanAmount,
    ]
    .map(|field| inputs(payment, field))
    .join(", ")
}
