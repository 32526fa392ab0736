use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::{advance, sleep, timeout};

use crate::{Batcher, Config, Embedding, InferError, InputIds};

#[path = "check/history.rs"]
mod history;
#[path = "check/memory.rs"]
mod memory;
#[path = "check/model.rs"]
mod model;
#[path = "check/promises.rs"]
mod promises;
#[path = "check/scenario.rs"]
mod scenario;
#[path = "check/stage.rs"]
mod stage;
#[path = "check/woken.rs"]
mod woken;

use history::Seen;
use model::{Caller, Forgetful, Mirror, Part, Then, mirrored};
use promises::why_not;
use scenario::{Kind, any, settle};
use stage::{Outcome, Stage, TICK, TIMEOUT, elsewhere, outcomes, play};

/// Milliseconds.
const MAX_WAIT: u64 = 20;
const MODEL_TAKES: u64 = 7;
const SLOW: u64 = 700;
const DAY_MS: u64 = 86_400_000;

const MILLISECOND: Duration = Duration::from_millis(1);
const DAY: Duration = Duration::from_millis(DAY_MS);

/// More than a fixed limit that looks large enough.
const MANY: usize = 2500;

/// Batches at the model at one time.
const BATCHES: usize = 2100;

/// More than there are numbers of a byte.
const FULL_BATCHES: usize = 300;

const TOO_LARGE: &str = "max_batch is what fits into the model's memory";

const CONFIG: Config = Config {
    max_batch: 4,
    max_wait: Duration::from_millis(MAX_WAIT),
    capacity: 64,
};

fn answers(_: usize) -> Part {
    Part {
        takes: MODEL_TAKES,
        then: Then::Answer,
    }
}

#[test]
fn the_batcher_stays_on_the_runtime_that_it_was_started_on() {
    play(|stage| async move {
        let config = Config {
            max_batch: 2,
            ..CONFIG
        };
        // A model that takes no time: whatever now takes time has another clock.
        let batcher = stage.batcher(config, |_| Part {
            takes: 0,
            then: Then::Answer,
        });
        let all = [1, 2, 3].map(|number| stage.client(number, &batcher));
        settle().await;
        // One that waits for no clock at all is another check's.
        let before = stage.batches().len();
        // The paused clock stands still meanwhile, and with it a batcher that lives by it.
        std::thread::sleep(3 * CONFIG.max_wait);
        settle().await;
        let left = stage.history().left_the_runtime.clone();
        let left = left.or_else(|| {
            let too_early = stage.batches().len() > before;
            too_early
                .then(|| "a batch went to the model while tokio's clock stood still".to_owned())
        });
        if let Some(how) = left {
            elsewhere(&how).raise();
        }
        // And it lets time pass while it waits.
        outcomes(all).await;
    });
    play(|stage| async move {
        let parts = [Then::Answer, Then::Fail, Then::Panic];
        let batcher = stage.batcher(CONFIG, move |batch| Part {
            takes: 0,
            then: parts[batch % parts.len()],
        });
        for _ in parts {
            four(&stage, &batcher).await;
        }
        let leaver = stage.client(5, &batcher);
        settle().await;
        leaver.leave().await;
        sleep(DAY).await;
        let before = stage.parks();
        sleep(365 * DAY).await;
        let woken = stage.parks() - before;
        // The checks' own sleep may be cut in a few.
        if woken > 100 {
            let seen = format!("the batcher woke up {woken} times in a year without a request");
            let why = "an idle service that wakes up keeps a processor from sleep, and hides what it waits for";
            stage.fail(&seen, "never: it sleeps while there is nothing to do", why);
        }
    });
}

#[test]
fn the_last_partial_batch_leaves_within_max_wait() {
    play(|stage| async move {
        let config = Config {
            max_batch: 3,
            ..CONFIG
        };
        let batcher = stage.batcher(config, answers);
        let all = [1, 2, 3].map(|number| stage.client(number, &batcher));
        let why = "a full batch leaves at once";
        let full = stage.of_promise(2);
        full.expect_replies(&outcomes(all).await, MODEL_TAKES, why);
        let two = [1, 2].map(|number| stage.client(number, &batcher));
        let why = "a batch that waits for one more waits for clients that wait for it: \
                   only the clock can end that";
        stage.expect_replies(&outcomes(two).await, MAX_WAIT + MODEL_TAKES, why);
    });
}

#[test]
fn a_lone_client_is_answered_within_max_wait() {
    play(|stage| async move {
        let batcher = stage.batcher(CONFIG, answers);
        let lone = stage.client(1, &batcher).outcome().await;
        let why = "no second client will come: a request alone must not wait for company for ever";
        stage.expect_reply(&lone, MAX_WAIT + MODEL_TAKES, why);
    });
    let microseconds = [
        0,
        700,
        1900,
        9000,
        1_500_000,
        61_000_000,
        4_000_000_000,
        DAY_MS * 1000,
    ];
    for max_wait in microseconds.map(Duration::from_micros) {
        play(move |stage| async move {
            let batcher = stage.batcher(Config { max_wait, ..CONFIG }, answers);
            let _client = stage.patient_client(1, &batcher);
            settle().await;
            let why = "max_wait is anything from zero to a day, and a batch that is not full waits for all of it";
            if let Some(not_yet) = max_wait.checked_sub(MILLISECOND / 10) {
                pass(not_yet).await;
                stage.expect_batches(&[], &format!("none before {max_wait:?}"), why);
            }
            // A timer may be late by a tick.
            pass(3 * MILLISECOND).await;
            stage.expect_batches(&[1], &format!("one after {max_wait:?}"), why);
        });
    }
}

#[test]
fn a_steady_trickle_does_not_put_the_batch_off() {
    play(|stage| async move {
        let config = Config {
            max_batch: 32,
            ..CONFIG
        };
        // A model that takes no time holds nobody up: only a timer can.
        let batcher = stage.batcher(config, |_| Part {
            takes: 0,
            then: Then::Answer,
        });
        let mut clients = Vec::new();
        for number in 0..9 {
            stage
                .until(8 * u64::try_from(number).expect("it counts up from 0"))
                .await;
            clients.push(stage.client(number + 1, &batcher));
        }
        let why =
            "max_wait counts from the first request of a batch: a later one must not restart it";
        stage.expect_replies(&outcomes(clients).await, MAX_WAIT, why);
    });
}

#[test]
fn requests_within_max_wait_share_one_batch() {
    play(|stage| async move {
        let batcher = stage.batcher(CONFIG, answers);
        let why = "a batch that does not wait for company wastes the model";
        // No clock that ticks every max_wait suits both groups: what counts is the first request.
        for (group, calls) in [[53, 58, 69], [146, 151, 162]].into_iter().enumerate() {
            let mut clients = Vec::new();
            for (number, at) in (1..).zip(calls) {
                stage.until(at).await;
                clients.push(stage.client(number, &batcher));
            }
            let replies = outcomes(clients).await;
            let timely = stage.of_promise(3);
            timely.expect_replies(&replies, MAX_WAIT + MODEL_TAKES, why);
            let batches = stage.batches().len() - group;
            if batches != 1 {
                let seen =
                    format!("3 requests within 16 ms went to the model in {batches} batches");
                let expected =
                    format!("one batch: max_wait is {MAX_WAIT} ms, from the first request on");
                stage.of_promise(4).fail(&seen, &expected, why);
            }
        }
    });
    any(Kind::default(), 150, &[2, 3, 4]);
}

#[test]
fn a_full_batch_leaves_at_once() {
    play(|stage| async move {
        let config = Config {
            max_wait: Duration::from_secs(3600),
            ..CONFIG
        };
        let batcher = stage.batcher(config, answers);
        let clients = [1, 2, 3, 4].map(|number| stage.client(number, &batcher));
        let why = "no request can join a full batch: every further millisecond is lost";
        stage.expect_replies(&outcomes(clients).await, MODEL_TAKES, why);
    });
    for max_batch in [1, 2, 3, 65, MANY] {
        play(move |stage| async move {
            let config = Config {
                max_batch,
                max_wait: DAY,
                capacity: 1_000_000,
            };
            let batcher = stage.batcher(config, answers);
            let _crowd: Vec<_> = (1..=max_batch as i64)
                .map(|number| stage.patient_client(number, &batcher))
                .collect();
            idle().await;
            let why = "max_batch is anything from 1 to a million";
            stage.expect_batches(&[max_batch], "one full batch, at once", why);
        });
    }
}

#[test]
fn a_full_batch_takes_its_timer_with_it() {
    play(|stage| async move {
        let batcher = stage.batcher(CONFIG, answers);
        let mut clients = Vec::new();
        // The fourth one fills the batch that the first one began; the fifth begins another.
        for (number, at) in [(1, 0), (2, 5), (3, 5), (4, 5), (5, 10), (6, MAX_WAIT + 5)] {
            stage.until(at).await;
            clients.push(stage.client(number, &batcher));
        }
        let why =
            "each batch waits from its own first text on, and not from that of the one before";
        stage.expect_replies(&outcomes(clients).await, MAX_WAIT + MODEL_TAKES, why);
        let batches = stage.batches();
        if batches != [4, 2] {
            let seen = format!("the model was given batches of {batches:?}");
            stage.fail(&seen, "batches of [4, 2]", why);
        }
    });
    play(|stage| async move {
        let config = Config {
            max_batch: 2,
            max_wait: DAY,
            capacity: 1_000_000,
        };
        let batcher = stage.batcher(config, answers);
        let _full: Vec<_> = (1..=2 * FULL_BATCHES as i64)
            .map(|number| stage.patient_client(number, &batcher))
            .collect();
        idle().await;
        pass(DAY / 2).await;
        let _lone = stage.patient_client(2 * FULL_BATCHES as i64 + 1, &batcher);
        idle().await;
        // The timers of all full batches, if there are any, run out.
        pass(DAY / 2).await;
        let why = "the timer of a batch that left has nothing to do with a later one, however many come between";
        if let Some(size) = stage.batches().into_iter().find(|size| *size < 2) {
            let seen = format!("a batch of {size} went to the model half a day before its time");
            let expected = "full ones only: the last text may wait for half a day more";
            stage.of_promise(3).fail(&seen, expected, why);
        }
    });
}

#[test]
fn no_batch_is_larger_than_max_batch() {
    play(|stage| async move {
        let batcher = stage.batcher(CONFIG, answers);
        let clients: Vec<_> = (1..=10)
            .map(|number| stage.client(number, &batcher))
            .collect();
        for client in clients {
            client.outcome().await;
        }
        let larger = stage
            .batches()
            .into_iter()
            .find(|&size| size > CONFIG.max_batch);
        if let Some(size) = larger {
            let seen = format!("the model got a batch of {size}");
            let expected = format!("{} texts at most", CONFIG.max_batch);
            stage.fail(&seen, &expected, TOO_LARGE);
        }
    });
    for max_batch in [1, 2, 65, MANY] {
        play(move |stage| async move {
            let config = Config {
                max_batch,
                capacity: 1_000_000,
                ..CONFIG
            };
            let batcher = stage.batcher(config, answers);
            let _crowd: Vec<_> = (1..=2 * max_batch as i64)
                .map(|number| stage.patient_client(number, &batcher))
                .collect();
            idle().await;
            let largest = stage.batches().into_iter().max().unwrap_or(0);
            if largest > max_batch {
                let seen = format!("the model got a batch of {largest}");
                stage.fail(&seen, &format!("{max_batch} at most"), TOO_LARGE);
            }
        });
    }
}

#[test]
fn every_client_gets_its_own_reply() {
    play(|stage| async move {
        let stage = stage.of_promise(5);
        // Earlier batches take longer, so that replies overtake each other where batches overlap.
        let batcher = stage.batcher(CONFIG, |batch| Part {
            takes: 40_u64.saturating_sub(10 * u64::try_from(batch).unwrap_or(0)),
            then: Then::Answer,
        });
        let mut clients = Vec::new();
        for number in 1..=16 {
            stage
                .until(u64::try_from(number).expect("it counts up from 1"))
                .await;
            clients.push(stage.client(number, &batcher));
        }
        let why = "a reply that goes to another client is worse than none: no error shows it";
        stage.expect_replies(&outcomes(clients).await, TIMEOUT, why);
    });
    play(|stage| async move {
        let stage = stage.of_promise(5);
        let config = Config {
            max_batch: MANY,
            capacity: MANY,
            ..CONFIG
        };
        let batcher = stage.batcher(config, answers);
        let crowd: Vec<_> = (1..=MANY as i64)
            .map(|number| stage.patient_client(number, &batcher))
            .collect();
        let why = "a large batch has many replies that may be mixed up";
        stage.expect_replies(&outcomes(crowd).await, MODEL_TAKES, why);
    });
    any_texts_and_embeddings_come_back();
}

/// Texts that are empty, equal or long, and embeddings of any shape, an empty one included.
fn any_texts_and_embeddings_come_back() {
    let texts: [InputIds; 8] = [
        vec![],
        vec![5, 5],
        vec![5, 5],
        vec![0, 0, 0],
        vec![i64::MIN, i64::MAX, 1 << 40, -1],
        vec![9; 3000],
        vec![9; 3000],
        vec![2; 100_000],
    ];
    play(|stage| async move {
        let stage = stage.of_promise(5);
        let config = Config {
            max_batch: texts.len(),
            // With each of them the batch is full.
            max_wait: DAY,
            ..CONFIG
        };
        let batcher = Batcher::start(config, Mirror);
        let calls = texts.map(|text| {
            let batcher = batcher.clone();
            tokio::spawn(async move { (text.clone(), batcher.infer(text).await) })
        });
        for call in calls {
            let Ok(Ok((text, reply))) = timeout(Duration::from_millis(TIMEOUT), call).await else {
                let seen = "a client whose text is empty, or equal to another one, got no reply";
                stage.fail(
                    seen,
                    "the reply to its text",
                    "every request is a client that waits",
                );
            };
            let bits = |embedding: &Embedding| {
                embedding
                    .iter()
                    .copied()
                    .map(f32::to_bits)
                    .collect::<Vec<_>>()
            };
            if reply.as_ref().map(bits) != Ok(bits(&mirrored(&text))) {
                let ids = text.len();
                let (seen, why) = match &reply {
                    Ok(reply) => (
                        format!(
                            "a client got {} for a text of {}",
                            checks::counted(reply.len(), "number", "numbers"),
                            checks::counted(ids, "id", "ids")
                        ),
                        "the model knows what it makes of a text, and not the batcher",
                    ),
                    Err(error) => (
                        format!(
                            "a client got the error {error:?} for a text of {}",
                            checks::counted(ids, "id", "ids")
                        ),
                        why_not(error),
                    ),
                };
                let expected =
                    "its own text's embedding, as the model returned it, which may have any length";
                stage.fail(&seen, expected, why);
            }
        }
    });
}

#[test]
fn what_is_answered_is_not_kept() {
    const ROUNDS: usize = 24;
    play(|stage| async move {
        let config = Config {
            max_batch: 2,
            ..CONFIG
        };
        let batcher = Batcher::start(config, Forgetful::default());
        for round in 0..ROUNDS {
            // Both stay in every other round. Else one goes away, while it waits or while its text is at the model.
            let leaves_after = [None, Some(0), None, Some(2)][round % 4];
            let mut calls = Vec::new();
            for client in 1..=2 {
                let mut text = vec![0; memory::IDS];
                text[0] = client;
                let batcher = batcher.clone();
                calls.push(tokio::spawn(
                    async move { batcher.infer(text).await.map(drop) },
                ));
                settle().await;
                if leaves_after == Some(calls.len() - 1) {
                    calls[0].abort();
                }
            }
            if leaves_after == Some(2) {
                calls[0].abort();
            }
            for call in calls {
                let _ = timeout(Duration::from_millis(TIMEOUT), call).await;
            }
        }
        // Whoever went away may have left its text in a batch that waits.
        sleep(2 * CONFIG.max_wait).await;
        settle().await;
        let kept = memory::kept();
        if kept > 0 {
            let requests = 2 * ROUNDS;
            let seen = format!(
                "{kept} texts and embeddings are in memory after {requests} requests, of which none waits"
            );
            let why = "a service that keeps what it has answered ends when its memory does";
            stage.fail(&seen, "none", why);
        }
    });
}

#[test]
fn a_client_that_went_away_takes_nobody_with_it() {
    play(|stage| async move {
        let config = Config {
            capacity: 4,
            ..CONFIG
        };
        let batcher = stage.batcher(config, answers);
        let why = "clients go away all the time: a timeout, a closed tab, a load balancer";

        let [first, second, third, fourth] =
            [1, 2, 3, 4].map(|number| stage.client(number, &batcher));
        stage.until(3).await;
        second.leave().await;
        stage.expect_replies(&outcomes([first, third, fourth]).await, MODEL_TAKES, why);

        stage.until(100).await;
        let [leaver, stayer] = [5, 6].map(|number| stage.client(number, &batcher));
        stage.until(105).await;
        leaver.leave().await;
        stage.expect_replies(&outcomes([stayer]).await, MAX_WAIT + MODEL_TAKES, why);

        stage.until(200).await;
        let all = [7, 8, 9, 10].map(|number| stage.client(number, &batcher));
        let why = "a client that went away must give its place back";
        stage.expect_replies(&outcomes(all).await, MODEL_TAKES, why);
    });
    play(|stage| async move {
        let config = Config {
            max_batch: 2,
            capacity: 4,
            ..CONFIG
        };
        // All batches but the first are at the model to the end.
        let batcher = stage.batcher(config, |batch| Part {
            takes: if batch == 0 { MODEL_TAKES } else { SLOW },
            then: Then::Answer,
        });
        let mut busy = [1, 2].map(|number| stage.call(number, &batcher));
        for call in &mut busy {
            let _ = timeout(MILLISECOND, call).await;
        }
        let slow = [3, 4].map(|number| stage.client(number, &batcher));
        sleep(Duration::from_millis(100)).await;
        stage.tell("clients 1 and 2", "go away without a look at their replies");
        drop(busy);
        let again = [5, 6].map(|number| stage.client(number, &batcher));
        settle().await;
        let _beyond = stage.client(7, &batcher);
        sleep(Duration::from_millis(100)).await;
        let why = "a reply that is never looked at gives its place back exactly once";
        if stage.batches().len() > 3 {
            let seen = "client 7 was taken in while all 4 places were taken";
            let once = stage.of_promise(7);
            once.fail(seen, "Err(Overloaded) at once", why);
        }
        stage.expect_replies(&outcomes(again).await, TIMEOUT, why);
        stage.expect_replies(&outcomes(slow).await, TIMEOUT, why);
    });
    let leaves = Kind {
        leaves: true,
        ..Kind::default()
    };
    any(leaves, 100, &[9]);
    let with_slow_batches = Kind {
        is_slow: true,
        is_tight: true,
        ..leaves
    };
    any(with_slow_batches, 150, &[9]);
}

#[test]
fn a_model_that_fails_tells_every_client_of_its_batch() {
    play(|stage| async move {
        let config = Config {
            capacity: 4,
            ..CONFIG
        };
        let (batcher, then) = stage.batcher_by_phase(config, MODEL_TAKES, Then::Fail);
        let why = "an error in a log tells no client what to do: it waits, or guesses";
        for outcome in four(&stage, &batcher).await {
            stage.expect_model_failed(&outcome, why);
        }
        then.set(Then::ReturnOneTooFew);
        let why = "`zip` drops the clients that are left over without a word";
        for outcome in four(&stage, &batcher).await {
            stage.expect_model_failed(&outcome, why);
        }
        let why = "the hundredth failure is told like the first one";
        let failures = [Then::Fail, Then::ReturnNone, Then::ReturnOneTooMany];
        for failure in failures.into_iter().cycle().take(99) {
            then.set(failure);
            for outcome in four(&stage, &batcher).await {
                stage.expect_model_failed(&outcome, why);
            }
        }
        then.set(Then::Answer);
        let why = "a failed batch must leave the batcher as it was, its places included";
        stage.expect_replies(&four(&stage, &batcher).await, MODEL_TAKES, why);
    });
    let failures = Kind {
        failures: true,
        ..Kind::default()
    };
    any(failures, 100, &[8]);
}

#[test]
fn a_model_that_panics_tells_every_client_of_its_batch() {
    play(|stage| async move {
        let config = Config {
            capacity: 4,
            ..CONFIG
        };
        let (batcher, then) = stage.batcher_by_phase(config, MODEL_TAKES, Then::Panic);
        let why = "a panic ends the task that it happens on, and whatever that task owes to others";
        for outcome in four(&stage, &batcher).await {
            stage.expect_model_failed(&outcome, why);
        }
        then.set(Then::Answer);
        let why = "one bad batch must not end the service, nor keep its places";
        stage.expect_replies(&four(&stage, &batcher).await, MODEL_TAKES, why);
    });
    let panics = Kind {
        panics: true,
        ..Kind::default()
    };
    any(panics, 50, &[8]);
    let with_leavers_and_few_places = Kind {
        failures: true,
        panics: true,
        leaves: true,
        is_tight: true,
        is_slow: true,
        ..Kind::default()
    };
    any(with_leavers_and_few_places, 100, &[8]);
}

#[test]
fn a_batch_at_the_model_holds_up_no_other() {
    play(|stage| async move {
        let batcher = stage.batcher(CONFIG, |batch| Part {
            takes: if batch == 0 { 1000 } else { MODEL_TAKES },
            then: Then::Answer,
        });
        let slow = [1, 2, 3, 4].map(|number| stage.client(number, &batcher));
        stage.until(1).await;
        let quick = [5, 6, 7, 8].map(|number| stage.client(number, &batcher));
        let why = "a task that awaits the model collects nothing meanwhile, and a lock around the model lets no second batch in";
        let held_up = stage.of_promise(6);
        held_up.expect_replies(&outcomes(quick).await, MODEL_TAKES, why);
        let own = stage.of_promise(5);
        own.expect_replies(&outcomes(slow).await, 1000, why);
    });
    play(|stage| async move {
        let stage = stage.of_promise(6);
        let config = Config {
            max_batch: 1,
            capacity: BATCHES + 1,
            ..CONFIG
        };
        let batcher = stage.batcher(config, |batch| Part {
            takes: if batch < BATCHES {
                2 * DAY_MS
            } else {
                MODEL_TAKES
            },
            then: Then::Answer,
        });
        let long: Vec<_> = (1..=BATCHES as i64)
            .map(|number| stage.patient_client(number, &batcher))
            .collect();
        idle().await;
        let why = "how many batches are at the model at one time is bounded by capacity only";
        stage.expect_batches(&[1; BATCHES], "all of them at the model at once", why);
        pass(2 * DAY - Duration::from_secs(1)).await;
        let quick = stage.client(BATCHES as i64 + 1, &batcher).outcome().await;
        stage.expect_reply(&quick, MODEL_TAKES, why);
        pass(Duration::from_secs(2)).await;
        let why = "a batch that takes long is not given to the model again";
        let once = stage.of_promise(4);
        once.expect_batches(&[1; BATCHES + 1], "each text once", why);
        for client in long {
            let why =
                "a model takes as long as it takes: a time limit of your own breaks the promise";
            let stage = stage.of_promise(5);
            stage.expect_reply(&client.outcome().await, 2 * DAY_MS + 2000, why);
        }
    });
    let slow = Kind {
        is_slow: true,
        ..Kind::default()
    };
    any(slow, 100, &[5, 6]);
    let slow_with_few_places = Kind {
        is_tight: true,
        ..slow
    };
    any(slow_with_few_places, 60, &[5, 6]);
}

#[test]
fn a_request_beyond_capacity_is_refused_at_once() {
    play(|stage| async move {
        let config = Config {
            max_batch: 2,
            capacity: 4,
            ..CONFIG
        };
        let batcher = stage.batcher(config, |batch| Part {
            takes: if batch < 2 { 500 } else { MODEL_TAKES },
            then: Then::Answer,
        });
        let inside = [1, 2, 3, 4].map(|number| stage.client(number, &batcher));
        stage.until(50).await;
        let beyond = stage.client(5, &batcher);
        let beyond = beyond.outcome().await;
        if !matches!(beyond.seen, Seen::Error(InferError::Overloaded)) || beyond.at > beyond.called
        {
            let seen = "client 5 was not told at once that all 4 places are taken";
            let why = "a queue without an end turns overload into memory, and every reply into a late one";
            stage.fail(seen, "Err(Overloaded) in the same millisecond", why);
        }

        let why = "a full batcher owes a reply to those it took in";
        stage.expect_replies(&outcomes(inside).await, 500, why);

        stage.until(2000).await;
        let why = "once the others are answered there is room again";
        let again = [8, 9].map(|number| stage.client(number, &batcher));
        stage.expect_replies(&outcomes(again).await, MODEL_TAKES, why);
    });
    for capacity in [1, 2, 7, MANY] {
        play(move |stage| async move {
            let config = Config {
                max_batch: 3,
                max_wait: DAY,
                capacity,
            };
            let batcher = stage.batcher(config, |_| Part {
                takes: DAY_MS,
                then: Then::Answer,
            });
            let _inside: Vec<_> = (1..=capacity as i64)
                .map(|number| stage.patient_client(number, &batcher))
                .collect();
            idle().await;
            let mut refused = stage.refused();
            let why = "capacity is anything from 1 to a million, and whoever is inside counts, also while it waits";
            if refused != 0 {
                let seen =
                    format!("{refused} of {capacity} requests were refused by an empty batcher");
                stage.fail(&seen, &format!("room for {capacity}"), why);
            }
            let _beyond = [1, 2].map(|more| stage.patient_client(capacity as i64 + more, &batcher));
            idle().await;
            refused = stage.refused();
            if refused != 2 {
                let seen = format!(
                    "{} of {} requests were refused at once",
                    refused,
                    capacity + 2
                );
                stage.fail(&seen, &format!("2: capacity is {capacity}"), why);
            }
        });
    }
    let tight = Kind {
        is_tight: true,
        ..Kind::default()
    };
    any(tight, 100, &[7]);
    let tight_and_slow = Kind {
        is_slow: true,
        leaves: true,
        ..tight
    };
    any(tight_and_slow, 100, &[7]);
}

#[test]
fn two_full_batchers_that_call_each_other_do_not_lock_up() {
    play(|stage| async move {
        let config = Config {
            max_batch: 1,
            capacity: 2,
            ..CONFIG
        };
        let [to_b, to_a] = [(), ()].map(|()| Arc::new(OnceLock::new()));
        let a = Batcher::start(config, Caller::new(&stage, ["A", "B"], &to_b));
        let b = Batcher::start(config, Caller::new(&stage, ["B", "A"], &to_a));
        let _ = to_a.set(a.clone());
        let _ = to_b.set(b.clone());

        // Each text says whose it is, and how many more models it has to pass.
        let with_room = stage.client_with(1, vec![1, 3], &a).outcome().await;
        let why = "A calls B, B calls A, A calls B: with room for all of them nothing has to wait";
        stage.expect_no_deadlock(&with_room, why);
        stage.expect_reply(&with_room, 4, why);

        stage.until(100).await;
        let clients = [(2, &a), (3, &a), (4, &b), (5, &b)]
            .map(|(number, batcher)| stage.client_with(number, vec![number, 1], batcher));
        for client in clients {
            let why =
                "A waits for room in B, and B for room in A: a full batcher must refuse, not wait";
            stage.expect_no_deadlock(&client.outcome().await, why);
        }

        stage.until(10_000).await;
        for (number, batcher) in [(6, &a), (7, &b)] {
            let again = stage
                .client_with(number, vec![number, 1], batcher)
                .outcome()
                .await;
            stage.expect_reply(&again, 2, "whoever was refused may come again");
        }
    });
    play(|stage| async move {
        let config = Config {
            max_batch: 1,
            capacity: 4,
            ..CONFIG
        };
        let itself = Arc::new(OnceLock::new());
        let batcher = Batcher::start(config, Caller::new(&stage, ["A", "A"], &itself));
        let _ = itself.set(batcher.clone());
        let why = "a model may call the batcher that it serves, while there is room";
        let with_room = stage.client_with(1, vec![1, 3], &batcher).outcome().await;
        stage.expect_no_deadlock(&with_room, why);
        stage.expect_reply(&with_room, 4, why);
        let without = stage.client_with(2, vec![2, 9], &batcher).outcome().await;
        let why =
            "the batcher is full of texts that wait for each other: one of them must be refused";
        stage.expect_no_deadlock(&without, why);
    });
}

#[test]
fn shutdown_answers_everyone_it_took_in() {
    play(|stage| async move {
        let stage = stage.of_promise(11);
        // The second batch takes long, so that a shutdown which merely sleeps is too early or too late.
        let batcher = stage.batcher(CONFIG, |batch| Part {
            takes: if batch == 0 { MODEL_TAKES } else { SLOW },
            then: Then::Answer,
        });
        let clients: Vec<_> = (1..=6)
            .map(|number| stage.client(number, &batcher))
            .collect();
        stage.until(2).await;
        // Two handles: who asks second is promised the same.
        let both = [(), ()].map(|()| stage.shutdown(&batcher));
        let mut ends = Vec::new();
        for (shutdown, name) in both.into_iter().zip(["shutdown 1", "shutdown 2"]) {
            let Some(end) = shutdown.end().await else {
                let seen = format!("{name} did not return in {TIMEOUT} ms");
                let why = "a service that does not stop is killed, with everything that is inside";
                stage.fail(&seen, "the end, once everyone is answered", why);
            };
            ends.push(end);
        }
        let (one, other) = (ends[0], ends[1]);
        let returned = one.min(other);
        stage.until(stage.now() + 1).await;
        let mut last = 0;
        for outcome in outcomes(clients).await {
            last = last.max(outcome.at);
            let late = outcome.at.saturating_sub(returned);
            let why = "a request that was taken in is a promise";
            stage.expect_reply(&outcome, MAX_WAIT + SLOW, why);
            if late > 1 {
                let seen = format!(
                    "client {} was answered {late} ms after the end of shutdown",
                    outcome.number
                );
                stage.fail(&seen, "shutdown returns once everyone is answered", why);
            }
        }
        if one.max(other) > last + 100 {
            let seen = format!(
                "shutdown returned {} ms after the last reply",
                one.max(other) - last
            );
            let why =
                "a shutdown that sleeps for a fixed time is sometimes too short, and else too long";
            stage.fail(&seen, "shutdown returns once everyone is answered", why);
        }
        let late = stage.client(7, &batcher).outcome().await;
        if !matches!(late.seen, Seen::Error(InferError::Closed)) || late.at > late.called {
            let seen = "client 7 called after the shutdown and was not told Closed at once";
            let why = "every handle leads to the same batcher: one that is shut down must say so";
            let stage = stage.of_promise(10);
            stage.fail(seen, "Err(Closed) from every clone", why);
        }
    });
    play(|stage| async move {
        let batcher = stage.batcher(CONFIG, answers);
        let inside = [1, 2, 3, 4].map(|number| stage.client(number, &batcher));
        settle().await;
        let all = [(); 70].map(|()| stage.shutdown(&batcher));
        let why = "whoever asks for the end of a service waits for it, however many others do";
        stage.expect_replies(&outcomes(inside).await, MODEL_TAKES, why);
        for (number, shutdown) in (1..).zip(all) {
            if shutdown
                .end()
                .await
                .is_none_or(|end| end > MODEL_TAKES + TICK)
            {
                let seen = format!("shutdown {number} of 70 did not return with the last reply");
                stage
                    .of_promise(11)
                    .fail(&seen, "the end of each, once everyone is answered", why);
            }
        }
    });
    let shutdowns = Kind {
        shutdowns: true,
        ..Kind::default()
    };
    any(shutdowns, 100, &[10, 11]);
    let while_many_are_inside = Kind {
        is_slow: true,
        ..shutdowns
    };
    any(while_many_are_inside, 100, &[10, 11]);
    let with_everything = Kind {
        leaves: true,
        failures: true,
        panics: true,
        shutdowns: true,
        is_tight: true,
        is_slow: true,
    };
    any(with_everything, 150, &[10, 11]);
}

checks::earned!();

/// Lets every task act that can: only then does the paused clock go on.
async fn idle() {
    sleep(MILLISECOND).await;
}

/// Lets time pass in one leap: what is due meanwhile comes at its end.
async fn pass(time: Duration) {
    advance(time).await;
    settle().await;
}

/// A full batch of clients, some time after whatever came before.
async fn four(stage: &Stage, batcher: &Batcher) -> Vec<Outcome> {
    sleep(Duration::from_millis(100)).await;
    let clients: Vec<_> = (1..=4)
        .map(|number| stage.client(number, batcher))
        .collect();
    outcomes(clients).await
}
