//! Scenarios by chance, held to the promises: always the same ones, cut down to the smallest that breaks one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use checks::Failure;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, RngAlgorithm, TestError, TestRng, TestRunner};
use tokio::time::sleep;

use super::history::{Call, Seen};
use super::model::{Part, Then};
use super::promises::{Broken, first_broken};
use super::stage::{Stage, TIMEOUT, outcomes, try_play};
use crate::Config;

/// The same scenarios in each run.
const SEED: u8 = 3;

#[derive(Debug, Clone)]
pub struct Scenario {
    config: Config,
    steps: Vec<Step>,
    /// What the model does with its first batch, its second, and so on; then it answers quickly.
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Step {
    /// Milliseconds since the step before.
    after: u64,
    does: Does,
}

#[derive(Debug, Clone)]
enum Does {
    /// As many clients call at one time, with texts of such a length.
    Call { clients: usize, ids: usize },
    /// A client that has called goes away, the how many-th of those that still wait.
    Leave(usize),
    /// Calls `shutdown` on a handle of its own.
    Shutdown,
    /// The last `shutdown` that was called is given up.
    GiveUp,
}

/// What may happen in a scenario, beside calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kind {
    pub leaves: bool,
    /// The model returns an error, or another number of embeddings.
    pub failures: bool,
    pub panics: bool,
    pub shutdowns: bool,
    /// All places may be taken.
    pub is_tight: bool,
    /// The model takes long, so that many batches are there at one time.
    pub is_slow: bool,
}

impl Kind {
    /// The simpler kinds, which have checks of their own: nothing beside calls, or one thing.
    fn simpler(self) -> Vec<Kind> {
        let none = Kind::default();
        let singles = [
            (
                self.leaves,
                Kind {
                    leaves: true,
                    ..none
                },
            ),
            (
                self.failures,
                Kind {
                    failures: true,
                    ..none
                },
            ),
            (
                self.panics,
                Kind {
                    panics: true,
                    ..none
                },
            ),
            (
                self.shutdowns,
                Kind {
                    shutdowns: true,
                    ..none
                },
            ),
            (
                self.is_tight,
                Kind {
                    is_tight: true,
                    ..none
                },
            ),
            (
                self.is_slow,
                Kind {
                    is_slow: true,
                    ..none
                },
            ),
        ];
        let singles = singles
            .into_iter()
            .filter(|single| single.0)
            .map(|single| single.1);
        let kinds = [none].into_iter().chain(singles);
        kinds.filter(|kind| *kind != self).collect()
    }
}

/// Plays `cases` scenarios of a kind. Fails the check if one of `promises` is broken, by their numbers in the README, or if
/// another one is that holds in simpler scenarios: what breaks there is told by the checks for those.
#[track_caller]
pub fn any(kind: Kind, cases: u32, promises: &[usize]) {
    let Some(any) = first_failure(kind, cases, &|_| true) else {
        return;
    };
    let counts = |broken: &Broken| promises.contains(&broken.promise);
    let failure = first_failure(kind, cases, &counts).or_else(|| {
        let mut simpler = kind.simpler().into_iter();
        let is_new = simpler.all(|kind| first_failure(kind, cases, &|_| true).is_none());
        is_new.then_some(any)
    });
    if let Some(failure) = failure {
        failure.raise();
    }
}

/// The smallest scenario found in which a promise is broken that counts.
fn first_failure(kind: Kind, cases: u32, counts: &dyn Fn(&Broken) -> bool) -> Option<Failure> {
    let runs = Runs {
        cases,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Runs::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::XorShift, &[SEED; 16]);
    let found: RefCell<Option<Found>> = RefCell::new(None);
    let outcome = TestRunner::new_with_rng(runs, rng).run(&scenario(kind), |scenario| {
        // Whatever holds a scene up takes real time: such a scenario is not made smaller.
        if matches!(*found.borrow(), Some(Found::Held(_))) {
            return Ok(());
        }
        let failed = match play(scenario) {
            Ok(Some((broken, failure))) if counts(&broken) => Found::Broken(failure),
            Ok(_) => return Ok(()),
            Err(held) => Found::Held(*held),
        };
        found.replace(Some(failed));
        Err(TestCaseError::fail("a promise is broken"))
    });
    match (outcome, found.into_inner()) {
        (Err(TestError::Abort(reason)), _) => unreachable!("no scenario is left out: {reason}"),
        // The last that failed is the smallest.
        (Err(TestError::Fail(..)), Some(Found::Broken(failure) | Found::Held(failure))) => {
            Some(failure)
        }
        _ => None,
    }
}

enum Found {
    Broken(Failure),
    /// It does not end.
    Held(Failure),
}

fn scenario(kind: Kind) -> BoxedStrategy<Scenario> {
    let max_wait = prop_oneof![1 => Just(0_u64), 4 => 1_u64..=40, 1 => 100_u64..=200];
    let large = || prop_oneof![Just(257_usize), Just(65_537), Just(1_000_000)];
    // Of other than tight kinds no scenario has more than 65 clients.
    let capacity = match kind.is_tight {
        true => (1..=6_usize).boxed(),
        false => prop_oneof![1 => Just(66_usize), 1 => large()].boxed(),
    };
    let max_batch = prop_oneof![5 => 1..=5_usize, 1 => large()];
    // A model that takes no time holds nobody up, whatever the batcher does meanwhile.
    let takes = if kind.is_slow {
        prop_oneof![1_u64..=30, 100_u64..=400].boxed()
    } else {
        Just(0).boxed()
    };
    let weight = |is_on: bool, weight: u32| if is_on { weight } else { 0 };
    let (failures, panics) = (weight(kind.failures, 1), weight(kind.panics, 2));
    let then = prop_oneof![
        2 => Just(Then::Answer),
        failures => Just(Then::Fail),
        failures => Just(Then::ReturnNone),
        failures => Just(Then::ReturnOneTooFew),
        failures => Just(Then::ReturnOneTooMany),
        panics => Just(Then::Panic),
        panics => Just(Then::PanicInTheCall),
    ];
    let part = (takes, then).prop_map(|(takes, then)| Part { takes, then });
    let ids = prop_oneof![4 => 1..=4_usize, 1 => 500..=700_usize];
    let does = prop_oneof![
        8 => (prop_oneof![3 => Just(1_usize), 1 => 2..=5_usize], ids)
            .prop_map(|(clients, ids)| Does::Call { clients, ids }),
        weight(kind.leaves, 4) => (0..4_usize).prop_map(Does::Leave),
        weight(kind.shutdowns, 2) => Just(Does::Shutdown),
        weight(kind.shutdowns, 1) => Just(Does::GiveUp),
    ];
    // More often than not apart, and sometimes far.
    let after = prop_oneof![1 => Just(0_u64), 4 => 1_u64..=12, 1 => 30_u64..=120];
    let step = (after, does).prop_map(|(after, does)| Step { after, does });
    (
        max_batch,
        max_wait,
        capacity,
        vec(step, 1..14),
        vec(part, 0..8),
    )
        .prop_map(|(max_batch, max_wait, capacity, steps, parts)| Scenario {
            config: Config {
                max_batch,
                max_wait: Duration::from_millis(max_wait),
                capacity,
            },
            steps,
            parts,
        })
        .boxed()
}

/// What breaks a promise in this scenario; `Err` if it does not end.
fn play(scenario: Scenario) -> Result<Option<(Broken, Failure)>, Box<Failure>> {
    try_play(Box::new(|stage| Box::pin(play_on(stage, scenario))))
}

async fn play_on(stage: Stage, scenario: Scenario) -> Option<(Broken, Failure)> {
    let Scenario {
        config,
        steps,
        parts,
    } = scenario;
    let Config {
        max_batch,
        max_wait,
        capacity,
    } = config;
    let does = format!("max_batch {max_batch}, max_wait {max_wait:?}, capacity {capacity}");
    stage.tell("chance", format!("from seed {SEED}: {does}"));
    let quick = Part {
        takes: 0,
        then: Then::Answer,
    };
    let batcher = stage.batcher(config, move |batch| {
        parts.get(batch).copied().unwrap_or(quick)
    });
    let mut clients = BTreeMap::new();
    let mut shutdowns = Vec::new();
    let (mut at, mut number) = (0, 0);
    for step in steps {
        at += step.after;
        stage.until(at).await;
        match step.does {
            Does::Call {
                clients: count,
                ids,
            } => {
                for _ in 0..count {
                    number += 1;
                    // Large ids, as an id is an i64.
                    let mut text = vec![i64::MAX - 7; ids];
                    text[0] = number;
                    clients.insert(number, stage.client_with(number, text, &batcher));
                }
                // Whoever is told something at once has gone before the next step.
                settle().await;
            }
            Does::Leave(which) => {
                let waiting = clients.keys().copied();
                let waiting: Vec<i64> = waiting
                    .filter(|number| {
                        let history = stage.history();
                        let mut calls = history.calls.iter();
                        calls.any(|call| call.client == *number && call.outcome.is_none())
                    })
                    .collect();
                if let Some(number) = waiting.get(which)
                    && let Some(client) = clients.remove(number)
                {
                    client.leave().await;
                }
            }
            Does::Shutdown => {
                shutdowns.push(stage.shutdown(&batcher));
                settle().await;
            }
            Does::GiveUp => {
                if let Some(shutdown) = shutdowns.pop() {
                    shutdown.give_up().await;
                }
            }
        }
    }
    outcomes(clients.into_values()).await;
    for shutdown in shutdowns {
        shutdown.end().await;
    }
    // What is still to come of batches that nobody waits for, a further try for instance.
    sleep(Duration::from_millis(TIMEOUT)).await;
    broken(&stage)
}

/// Lets every task act that can, without any time passing.
pub async fn settle() {
    for _ in 0..16 {
        tokio::task::yield_now().await;
    }
}

/// What broke a promise first, told with the steps that led there.
fn broken(stage: &Stage) -> Option<(Broken, Failure)> {
    let broken = first_broken(&stage.history())?;
    let is_silent = |call: &&Call| matches!(call.outcome, Some((_, Seen::Nothing)));
    let silent = stage
        .history()
        .calls
        .iter()
        .find(is_silent)
        .map(|call| call.client);
    if let Some(client) = silent {
        stage.tell_why_nothing(client);
    }
    let stage = stage.of_promise(broken.promise);
    let failure = stage.failure(&broken.seen, &broken.expected, broken.why);
    Some((broken, failure))
}
