//! Runs a check over many made cases, the same in every run.

use std::cell::RefCell;
use std::fmt::Debug;

use checks::Failure;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

const SEED: u8 = 11;

/// The same cases in every run, so that a verdict does not change without a change of the code. The first that fails
/// is told after it has been made as small as it still fails.
#[track_caller]
pub fn for_each<T: Debug>(
    count: u32,
    cases: impl Strategy<Value = T>,
    check: impl Fn(&T) -> Result<(), Failure>,
) {
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..Config::default()
    };
    let ran = TestRunner::new_with_rng(config, random()).run(&cases, |case| {
        check(&case).map_err(|failure| TestCaseError::fail(failure.seen))
    });
    match ran {
        Ok(()) => {}
        Err(TestError::Fail(reason, smallest)) => {
            let mut failure = check(&smallest).err().unwrap_or_else(|| {
                let why = "the same input must have the same answer, whatever was asked before";
                Failure::new(reason.to_string(), "what it is now", why).of_promise(8)
            });
            failure.why += &format!(
                "\n(of {count} cases from seed {SEED}, the first that fails, made as small as it still does)"
            );
            failure.raise();
        }
        Err(TestError::Abort(why)) => panic!("no cases are made: {why}"),
    }
}

/// The same for cases that are more than one call. None is made smaller: what was called before may be what fails, and cannot
/// be called back.
#[track_caller]
pub fn for_each_in_turn<T: Debug>(
    count: u32,
    cases: impl Strategy<Value = T>,
    check: impl Fn(&T) -> Result<(), Failure>,
) {
    let first = RefCell::new(None);
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..Config::default()
    };
    let ran = TestRunner::new_with_rng(config, random()).run(&cases, |case| {
        check(&case).map_err(|failure| {
            let reason = TestCaseError::fail(failure.seen.clone());
            first.borrow_mut().get_or_insert(failure);
            reason
        })
    });
    if let Some(failure) = first.into_inner() {
        failure.raise();
    }
    if let Err(error) = ran {
        panic!("no cases are made: {error}");
    }
}

fn random() -> TestRng {
    TestRng::from_seed(RngAlgorithm::ChaCha, &[SEED; 32])
}
