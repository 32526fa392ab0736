//! Calls `features` and holds a panic in it, with the line that it came from.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use checks::Failure;

use super::model::{OK_OR_REFUSED, all_inputs};
use crate::{Features, Payment, PrecisionLoss, features};

pub enum Answer {
    Features(Features),
    Loss(PrecisionLoss),
}

thread_local! {
    /// The panic of the call that runs on this thread; `None` where no call runs.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What `features` answers.
pub fn call(payment: &Payment) -> Result<Answer, Failure> {
    hold_panics_of_calls();
    PANIC.set(Some(String::new()));
    let answer = catch_unwind(AssertUnwindSafe(|| features(payment)));
    let panic = PANIC.take().unwrap_or_default();
    match answer {
        Ok(Ok(features)) => Ok(Answer::Features(features)),
        Ok(Err(loss)) => Ok(Answer::Loss(loss)),
        Err(_) => {
            let seen = format!("features panicked: {panic}\nfor {}", all_inputs(payment));
            let why = "a panic gives the caller neither features nor a refusal";
            Err(Failure::new(seen, "Ok or Err", why).of_promise(OK_OR_REFUSED))
        }
    }
}

/// A call's panic is told with its payment, and not printed each time while a smaller payment is searched for.
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
        Some(at) => format!("{message} at {}:{}", at.file(), at.line()),
        None => message.to_owned(),
    }
}
