//! Calls `features`, and tells of a panic in it with its payment.

use checks::{Failure, caught};

use super::model::{OK_OR_REFUSED, all_inputs};
use crate::{Features, Payment, PrecisionLoss, features};

pub enum Answer {
    Features(Features),
    Loss(PrecisionLoss),
}

/// What `features` answers.
pub fn call(payment: &Payment) -> Result<Answer, Failure> {
    match caught(|| features(payment)) {
        Ok(Ok(features)) => Ok(Answer::Features(features)),
        Ok(Err(loss)) => Ok(Answer::Loss(loss)),
        Err(panic) => {
            let seen = format!("features panicked: {panic}\nfor {}", all_inputs(payment));
            let why = "a panic gives the caller neither features nor a refusal";
            Err(Failure::new(seen, "Ok or Err", why).of_promise(OK_OR_REFUSED))
        }
    }
}
