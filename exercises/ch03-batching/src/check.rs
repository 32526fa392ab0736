use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::{sleep, timeout};

use crate::{Batcher, Config, InferError};

#[path = "check/model.rs"]
mod model;
#[path = "check/stage.rs"]
mod stage;

use model::{Caller, Part, Then};
use stage::{Outcome, PATIENCE, Seen, Stage, outcomes, play};

/// Milliseconds.
const MAX_WAIT: u64 = 20;
const MODEL_TAKES: u64 = 7;
const SLOW: u64 = 700;

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
    let code = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs"));
    for (line, text) in code.lines().enumerate() {
        let found = ["std::thread", "spawn_blocking", "recv_timeout", "block_on"]
            .into_iter()
            .find(|way| !text.trim_start().starts_with("//") && text.contains(way));
        if let Some(way) = found {
            panic!(
                "src/lib.rs:{} uses `{way}`\n\
                 expected: a batcher of tasks on the runtime that it was started on, which waits with `.await`\n\
                 another thread lives by another clock: the checks pause tokio's, so that five seconds take no time",
                line + 1
            );
        }
    }
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
        stage.expect_replies(&outcomes(all).await, MODEL_TAKES, why);
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
            stage.expect_replies(&outcomes(clients).await, MAX_WAIT + MODEL_TAKES, why);
            let batches = stage.batches().len() - group;
            if batches != 1 {
                let seen =
                    format!("3 requests within 16 ms went to the model in {batches} batches");
                let expected =
                    format!("one batch: max_wait is {MAX_WAIT} ms, from the first request on");
                stage.fail(&seen, &expected, why);
            }
        }
    });
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
        let why = "nobody can join a full batch: every further millisecond is lost";
        stage.expect_replies(&outcomes(clients).await, MODEL_TAKES, why);
    });
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
        if let Some(size) = stage
            .batches()
            .into_iter()
            .find(|&size| size > CONFIG.max_batch)
        {
            let seen = format!("the model got a batch of {size}");
            let expected = format!("{} texts at most", CONFIG.max_batch);
            stage.fail(
                &seen,
                &expected,
                "max_batch is what fits into the model's memory",
            );
        }
    });
}

#[test]
fn every_client_gets_its_own_reply() {
    play(|stage| async move {
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
        let why = "a reply that goes to another client is worse than none: nobody notices";
        stage.expect_replies(&outcomes(clients).await, PATIENCE, why);
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
}

#[test]
fn a_model_that_fails_tells_every_client_of_its_batch() {
    play(|stage| async move {
        let config = Config {
            capacity: 4,
            ..CONFIG
        };
        let batcher = stage.batcher(config, |batch| Part {
            takes: MODEL_TAKES,
            then: match batch {
                0 => Then::Fail,
                1 => Then::ReturnOneTooFew,
                _ => Then::Answer,
            },
        });

        let why = "an error in a log tells no client what to do: it waits, or guesses";
        for outcome in four(&stage, &batcher).await {
            stage.expect_model_failed(&outcome, "out of memory", why);
        }
        let why = "`zip` drops the clients that are left over without a word";
        for outcome in four(&stage, &batcher).await {
            stage.expect_model_failed(&outcome, "", why);
        }
        let why = "a failed batch must leave the batcher as it was, its places included";
        stage.expect_replies(&four(&stage, &batcher).await, MODEL_TAKES, why);
    });
}

#[test]
fn a_model_that_panics_tells_every_client_of_its_batch() {
    play(|stage| async move {
        let config = Config {
            capacity: 4,
            ..CONFIG
        };
        let batcher = stage.batcher(config, |batch| Part {
            takes: MODEL_TAKES,
            then: if batch == 0 {
                Then::Panic
            } else {
                Then::Answer
            },
        });

        let why = "a panic ends the task that it happens on, and whatever that task owes to others";
        for outcome in four(&stage, &batcher).await {
            stage.expect_model_failed(&outcome, "", why);
        }
        let why = "one bad batch must not end the service, nor keep its places";
        stage.expect_replies(&four(&stage, &batcher).await, MODEL_TAKES, why);
    });
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
        let why = "a task that awaits the model collects nothing meanwhile";
        stage.expect_replies(&outcomes(quick).await, MODEL_TAKES, why);
        stage.expect_replies(&outcomes(slow).await, 1000, why);
    });
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

        // A client that went away has left its text inside.
        let [first, second, third, fourth] = inside;
        first.leave().await;
        second.leave().await;
        stage.until(60).await;
        let late = [6, 7].map(|number| stage.client(number, &batcher));
        stage.until(100).await;
        let inside = stage.most_at_model();
        if inside > config.capacity {
            let seen = format!("{inside} texts are at the model at one time");
            let expected =
                "4 at most: a place is free when its text is done, not when its client leaves";
            let why = "clients that time out and try again fill the memory with work for nobody";
            stage.fail(&seen, expected, why);
        }
        let why = "a full batcher owes a reply to those it took in";
        stage.expect_replies(&outcomes([third, fourth]).await, 500, why);
        outcomes(late).await;

        stage.until(2000).await;
        let why = "once the others are answered there is room again";
        let again = [8, 9].map(|number| stage.client(number, &batcher));
        stage.expect_replies(&outcomes(again).await, MODEL_TAKES, why);
    });
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
}

#[test]
fn shutdown_answers_everyone_it_took_in() {
    play(|stage| async move {
        // The second batch takes long, so that a shutdown which merely sleeps is too early or too late.
        let batcher = stage.batcher(CONFIG, |batch| Part {
            takes: if batch == 0 { MODEL_TAKES } else { SLOW },
            then: Then::Answer,
        });
        let clients: Vec<_> = (1..=6)
            .map(|number| stage.client(number, &batcher))
            .collect();
        stage.until(2).await;
        stage.tell("service", "calls shutdown");
        let end = |batcher: Batcher| {
            let stage = stage.clone();
            async move {
                batcher.shutdown().await;
                stage.now()
            }
        };
        // Two handles: who asks second is promised the same.
        let both = async { tokio::join!(end(batcher.clone()), end(batcher.clone())) };
        let Ok((one, other)) = timeout(Duration::from_millis(PATIENCE), both).await else {
            let seen = format!("shutdown did not return in {PATIENCE} ms");
            let why = "a service that does not stop is killed, with everything that is inside";
            stage.fail(&seen, "the end, once everyone is answered", why);
        };
        stage.tell("service", "is told that all are answered, and may exit");
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
            stage.fail(seen, "Err(Closed) from every clone", why);
        }
    });
}

checks::earned!();

/// A full batch of clients, some time after whatever came before.
async fn four(stage: &Stage, batcher: &Batcher) -> Vec<Outcome> {
    sleep(Duration::from_millis(100)).await;
    let clients: Vec<_> = (1..=4)
        .map(|number| stage.client(number, batcher))
        .collect();
    outcomes(clients).await
}
