use checks::{Failure, fail};

use crate::{Features, Field, Payment, PrecisionLoss, features};

#[path = "check/call.rs"]
mod call;
#[path = "check/model.rs"]
mod model;
#[path = "check/payments.rs"]
mod payments;

use model::{
    FIELDS, agreed_budget, all_inputs, judge, judge_accepted, judge_carried, judge_loss,
    judge_refused,
};
use payments::{
    LARGEST, NOW_MS, all_payments, for_each, ordinary, ordinary_payments, two_payments,
};

// If the compiler points here, a public name or type of `lib.rs` has changed: keep them as shipped.
const _: fn(&Payment) -> Result<Features, PrecisionLoss> = features;
const _: fn(Field, f64) -> f64 = Field::budget;

#[track_caller]
fn hold<T>(judged: Result<T, Failure>) -> T {
    match judged {
        Ok(value) => value,
        Err(failure) => failure.raise(),
    }
}

#[track_caller]
fn expect_feature(payment: &Payment, field: Field, why: &str) {
    hold(judge_carried(payment, field, why));
}

#[track_caller]
fn expect_refusal(payment: &Payment, field: Field, why: &str) -> PrecisionLoss {
    hold(judge_refused(payment, field, why))
}

#[test]
fn a_gap_between_two_payments_keeps_its_milliseconds() {
    let cast = "an f32 of this Unix time steps by 131 s: subtract first, cast the small difference";
    let thousandths = "a millisecond is a fraction of a second: divide a float, and round once";
    let back = "two clocks differ: a payment may seem to come before the one before it";
    let long = "a card may rest for years, and the f32 of that is within a millionth of it";
    let old = "times before 1970 are negative, and times as any other";
    let far =
        "near 2^53 ms an f64 has no half milliseconds either: subtract integers, divide afterwards";
    for (now_ms, gap_ms, why) in [
        (NOW_MS, 250, cast),
        (NOW_MS, 4_000, cast),
        (NOW_MS, 4_321, thousandths),
        (NOW_MS, 90_061_001, thousandths),
        (NOW_MS, 0, "two payments in one millisecond are no mistake"),
        (NOW_MS, -3, back),
        (NOW_MS, 31_622_400_000, long),
        (1_000, 251_000, old),
        (-NOW_MS, 250, old),
        (LARGEST, 1, far),
        (LARGEST, 3, far),
        (LARGEST, 2 * LARGEST, long),
    ] {
        let payment = Payment {
            now_ms,
            previous_ms: now_ms - gap_ms,
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
        let why = "an f32 has this number exactly";
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
        let why = "an id that is not exact is another id, and nothing would ever show it";
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
    let largest_f32 = 100 * (0xAB_CDEF << 22);
    for cents in [
        1,
        1_999,
        9_999_999,
        -2_500,
        13_107_202,
        26_214_400,
        -largest_f32,
        largest_f32,
    ] {
        let why = "an f32 within half a cent exists: to refuse it turns a customer away";
        expect_feature(&of(cents), Field::Amount, why);
    }
    for cents in [
        26_214_401,
        1_000_000_001,
        123_456_789_012,
        -1_000_000_001,
        largest_f32 + 1,
        LARGEST,
        -LARGEST,
    ] {
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
    // 2^31, where an f32 steps by 256, and more than that, which an f32 loses. Then less than half a step.
    const LARGE: u32 = (1 << 31) + 127;
    const SMALL: u32 = 127;
    let of = |history_cents| Payment {
        history_cents,
        ..ordinary()
    };

    let steps = "each addition to a large f32 sum rounds, and equal values err the same way many times in a row";
    let alike = "every payment of the history counts, and each counts alike";
    let running = "a running mean or correction in f32 rounds at nearly every step, as a sum does";
    let tiny = "a mean of a ten-thousandth of a cent is still held to a millionth of itself";
    // Later payments are larger, and none is like its neighbours: a part of them has another mean.
    let uneven = (0..1_200_003_u32)
        .map(|at| 1_700 * at + (at.wrapping_mul(at).wrapping_mul(2_654_435_769) >> 1))
        .collect();
    for (history, why) in [
        // The sum is 2.5e9: an f32 steps by 256 there, and each addition rounds to such a step.
        (vec![12_345; 200_000], steps),
        (vec![1, 2], "the mean of whole cents is seldom a whole cent"),
        ([vec![1; 100], vec![1_001]].concat(), alike),
        ([vec![0; 9_999], vec![1]].concat(), tiny),
        (uneven, alike),
        (vec![u32::MAX; 1_000], "the sum needs more than 32 bits"),
        ([1_999, 149_999, 149_999].repeat(66_667), running),
    ] {
        expect_feature(&of(history), Field::MeanAmount, why);
    }

    let swallowed = "a large f32 sum swallows small values, be it only a part of the history";
    for count in [20, 32, 64, 128, 1_024] {
        let part = [vec![LARGE], vec![SMALL; count - 1]].concat();
        for times in [1, 100_000 / count] {
            expect_feature(&of(part.repeat(times)), Field::MeanAmount, swallowed);
        }
    }

    let lanes = "f32 sums side by side swallow small values as one does, once each has a large one";
    let large = vec![LARGE; 1 << 18];
    let small = vec![SMALL; 24 << 18];
    expect_feature(&of([large, small].concat()), Field::MeanAmount, lanes);

    // Half, a quarter, an eighth of the way: each is added to the large one at another level.
    let halves =
        "an f32 sum by halves rounds once a level, and the errors may all lean the same way";
    let mut history = vec![0; 1 << 18];
    history[0] = LARGE;
    for level in 0..18 {
        history[1 << level] = SMALL;
    }
    expect_feature(&of(history.clone()), Field::MeanAmount, halves);
    history.reverse();
    expect_feature(&of(history), Field::MeanAmount, halves);
}

#[test]
fn a_card_without_a_history_has_a_mean_of_zero() {
    let payment = Payment {
        history_cents: Vec::new(),
        ..ordinary()
    };
    let why = "0 / 0 is NaN, and a weighted sum with a NaN in it is NaN";
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
    for (amount_cents, limit_cents) in [
        (0, 100_000),
        (250_000, 100_000),
        (1_999, -100_000),
        (1, LARGEST),
        (100 << 46, -1),
    ] {
        let why = "0, above 1, tiny or negative: a finite share goes to the model as it is";
        expect_feature(&of(amount_cents, limit_cents), Field::ShareOfLimit, why);
    }
}

#[test]
fn a_refusal_names_the_value_and_its_error() {
    let why = "without a refusal there is nothing to read in the log";
    // The error is 1, 7, 1 and 511 where f64 lacks the id too, and 1 where the nearest f32 is no u64.
    for merchant_id in [
        16_777_217,
        1_000_000_007,
        (1 << 53) + 1,
        (1 << 60) + 511,
        u64::MAX,
    ] {
        let payment = Payment {
            merchant_id,
            ..ordinary()
        };
        let loss = expect_refusal(&payment, Field::Merchant, why);
        hold(judge_loss(&payment, &loss));
    }
    for (amount_cents, limit_cents, field) in [
        (1_000_000_001, 1 << 40, Field::Amount),
        (-1_000_000_001, 1 << 40, Field::Amount),
        (13_107_201, 1 << 40, Field::Amount),
        (LARGEST, 1 << 40, Field::Amount),
        (1_999, 0, Field::ShareOfLimit),
        (0, 0, Field::ShareOfLimit),
    ] {
        let payment = Payment {
            amount_cents,
            limit_cents,
            ..ordinary()
        };
        let loss = expect_refusal(&payment, field, why);
        hold(judge_loss(&payment, &loss));
    }
}

#[test]
fn an_ordinary_payment_is_never_refused() {
    let why = "a check that refuses what f32 can carry turns customers away";
    for_each(512, ordinary_payments(), |payment| {
        judge_accepted(payment, why)
    });
}

#[test]
fn every_answer_is_within_its_budgets_and_every_refusal_is_due() {
    for_each(1_536, all_payments(), judge);
    // What was asked before makes no difference, however like it was.
    for_each(256, two_payments(), |[first, second]| {
        judge(first)?;
        judge(second).map_err(|failure| {
            let asked = format!("{}, asked right after {}", failure.seen, all_inputs(first));
            Failure {
                seen: asked,
                ..failure
            }
        })
    });
}

#[test]
fn the_budgets_are_as_they_were_agreed() {
    let sizes = (-40..50).map(|exponent| 1.1 * 2_f64.powi(exponent));
    let values = sizes.flat_map(|size| [-size, size]).chain([0.0]);
    for exact in values {
        for field in FIELDS {
            let (budget, agreed) = (field.budget(exact), agreed_budget(field, exact));
            // Divided by a million, or multiplied by a millionth: a step of f64 apart.
            let is_agreed = (budget - agreed).abs() <= 1e-15 * agreed;
            if !is_agreed {
                let seen = format!("Field::{field:?}.budget({exact:?}) is {budget:?}");
                let why = "the budgets were agreed upon with those who train the model";
                fail(seen, format!("{agreed:?}"), why);
            }
        }
    }
}

checks::earned!();
