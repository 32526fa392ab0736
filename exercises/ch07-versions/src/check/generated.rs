//! Scenarios that are drawn, always the same ones, and made smaller when one fails.

use checks::Failure;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

const SEED: u8 = 7;

/// Plays `cases` scenarios, and fails with the smallest one that does not hold.
#[track_caller]
pub fn all_hold<S: Strategy>(
    cases: u32,
    scenarios: S,
    holds: impl Fn(S::Value) -> Result<(), Failure>,
) where
    S::Value: Clone,
{
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 100,
        ..Config::default()
    };
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[SEED; 32]);
    let played = TestRunner::new_with_rng(config, seed).run(&scenarios, |scenario| {
        holds(scenario).map_err(|failure| TestCaseError::fail(failure.to_string()))
    });
    match played {
        Ok(()) => {}
        Err(TestError::Fail(reason, smallest)) => {
            let failure = holds(smallest).err().unwrap_or_else(|| {
                let expected = "the same outcome when it is played again";
                Failure::new(reason.to_string(), expected, "a service starts or does not")
            });
            let why = format!("{}\n(a scenario of seed {SEED}, made smaller)", failure.why);
            Failure { why, ..failure }.raise();
        }
        Err(TestError::Abort(reason)) => unreachable!("no scenario is rejected: {reason}"),
    }
}
