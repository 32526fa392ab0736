//! What the promises allow to be seen. The README says them; here each history is held to them, whatever the batcher is made of.
//!
//! A timer of tokio may fire a little late, so that things less than `TICK` apart may come in any order. And some things
//! are left open: a client that went away may have a place, or be in a batch, until its text is done.

use super::history::{Batch, Call, Ended, History, Seen};
use super::stage::{PATIENCE, TICK};
use crate::{Config, InferError};

/// What broke a promise.
pub struct Broken {
    /// When it was broken.
    pub at: u64,
    pub seen: String,
    pub expected: String,
    pub why: &'static str,
}

/// What broke a promise first, if anything did. Everyone must have had the time to be answered.
pub fn first_broken(history: &History) -> Option<Broken> {
    let config = history.config?;
    let rules = Rules { history, config };
    let mut broken = Vec::new();
    rules.batches_are_made_as_promised(&mut broken);
    rules.no_text_waits_too_long(&mut broken);
    rules.texts_that_wait_together_go_together(&mut broken);
    rules.each_client_is_told_the_truth(&mut broken);
    rules.places_are_counted(&mut broken);
    rules.shutdowns_return_in_time(&mut broken);
    // What came first is the cause of what came later.
    broken.into_iter().min_by_key(|broken| broken.at)
}

struct Rules<'a> {
    history: &'a History,
    config: Config,
}

impl Rules<'_> {
    fn max_wait(&self) -> u64 {
        u64::try_from(self.config.max_wait.as_millis()).expect("a day at most")
    }

    /// Clients that were taken in, as far as is known.
    fn taken_in(&self) -> impl Iterator<Item = &Call> + Clone {
        let calls = self.history.calls.iter();
        calls.filter(|call| !call.was_refused())
    }

    fn first_batch(&self, client: i64) -> Option<&Batch> {
        self.history.batches_of(client).next()
    }

    /// When the client's text first went to the model.
    fn went(&self, call: &Call) -> Option<u64> {
        self.first_batch(call.client).map(|batch| batch.start)
    }

    fn closed_at(&self) -> Option<u64> {
        self.history
            .shutdowns
            .iter()
            .map(|shutdown| shutdown.at)
            .min()
    }

    fn is_closed(&self, at: u64) -> bool {
        self.closed_at().is_some_and(|closed| closed <= at)
    }

    /// Whether the call may take a place at that time, and until when at the latest a client that left may.
    fn may_be_inside(&self, call: &Call, at: u64) -> bool {
        call.at <= at && at <= self.may_be_inside_until(call).saturating_add(TICK)
    }

    fn may_be_inside_until(&self, call: &Call) -> u64 {
        if call.was_refused() {
            return 0;
        }
        let Some(left) = call.left else {
            return call.answered().unwrap_or(u64::MAX);
        };
        match self.history.batches_of(call.client).next_back() {
            Some(batch) => left.max(batch.end.map_or(u64::MAX, |(end, _)| end)),
            // It may be in a batch that goes without it.
            None => left.max(call.at + self.max_wait()),
        }
    }

    /// Whether the call takes a place at that time, whatever is left open.
    fn is_inside(&self, call: &Call, at: u64) -> bool {
        let is_answered = call
            .answered()
            .is_some_and(|answered| answered <= at + TICK);
        let has_left = call.left.is_some_and(|left| left <= at + TICK);
        !call.was_refused() && call.at <= at && !is_answered && !has_left
    }

    fn batches_are_made_as_promised(&self, broken: &mut Vec<Broken>) {
        if let Some((at, text)) = &self.history.foreign_text {
            broken.push(Broken {
                at: *at,
                seen: format!("the model was given {}, which no client sent", shown(text)),
                expected: "each text as its client gave it".to_owned(),
                why: "an embedding of another text is no answer",
            });
        }
        for (index, batch) in self.history.batches.iter().enumerate() {
            let (at, size) = (batch.start, batch.clients.len());
            let mut breaks = |seen: String, expected: String, why| {
                broken.push(Broken {
                    at,
                    seen,
                    expected,
                    why,
                });
            };
            if size > self.config.max_batch {
                let seen = format!("the model got a batch of {size}");
                let expected = format!("{} texts at most", self.config.max_batch);
                breaks(
                    seen,
                    expected,
                    "max_batch is what fits into the model's memory",
                );
            }
            if size == 0 && self.history.foreign_text.is_none() {
                let (seen, expected) = ("the model got an empty batch", "one text at least");
                let why = "a model that is made for texts may fail without any";
                breaks(seen.to_owned(), expected.to_owned(), why);
            }
            for (place, client) in batch.clients.iter().enumerate() {
                let before = &self.history.batches[..index];
                let has_failed = |batch: &Batch| matches!(batch.end, Some((end, Ended::Failed)) if end <= batch.start.max(at));
                let mut held = before.iter().filter(|batch| batch.clients.contains(client));
                if !held.all(has_failed) || batch.clients[..place].contains(client) {
                    let seen = format!("the model got the text of client {client} twice");
                    let why = "the model's time is what batching is to save";
                    breaks(seen, "once, unless the model failed on it".to_owned(), why);
                }
                let refused = |call: &&Call| call.client == *client && call.was_refused();
                if self.history.calls.iter().any(|call| refused(&call)) {
                    let seen =
                        format!("client {client} was refused, and its text went to the model");
                    let why = "work for a client that was sent away delays the others";
                    breaks(seen, "no text of whoever is refused".to_owned(), why);
                }
            }
            let is_retry = batch.clients.iter().any(|client| {
                let first = self.first_batch(*client);
                first.is_some_and(|first| !std::ptr::eq(first, batch))
            });
            if !is_retry && size > 0 {
                self.goes_in_time(batch, broken);
            }
        }
    }

    /// A batch goes to the model when it is full or its time is over, and not before.
    fn goes_in_time(&self, batch: &Batch, broken: &mut Vec<Broken>) {
        let at = batch.start;
        let is_in = |call: &&Call| batch.clients.contains(&call.client);
        // Whoever left before the batch went may have been in it.
        let may_be_in = |call: &&Call| {
            let left_before = call.left.is_some_and(|left| left <= at);
            let is_due = call.at + self.max_wait() + TICK < at;
            let went_before = self.went(call).is_some_and(|went| went < at);
            call.at <= at && left_before && !is_due && !went_before
        };
        let texts = self
            .taken_in()
            .filter(|call| is_in(call) || may_be_in(call));
        let is_full = texts.clone().count() >= self.config.max_batch;
        let first = texts.map(|call| call.at).min().unwrap_or(at);
        let is_due = at >= first + self.max_wait();
        let inside = self.taken_in().filter(|call| self.may_be_inside(call, at));
        let can_be_joined = !self.is_closed(at + TICK) && inside.count() < self.config.capacity;
        if can_be_joined && !is_full && !is_due {
            broken.push(Broken {
                at,
                seen: format!(
                    "a batch of {} went to the model {} ms after its first text",
                    batch.clients.len(),
                    at - first
                ),
                expected: format!(
                    "{} texts, or {} ms after the first",
                    self.config.max_batch,
                    self.max_wait()
                ),
                why: "a batch that does not wait for company wastes the model",
            });
        }
    }

    fn no_text_waits_too_long(&self, broken: &mut Vec<Broken>) {
        let max_batch = self.config.max_batch;
        for call in self.taken_in() {
            let due = call.at + self.max_wait() + TICK;
            let waited = self.went(call).or(call.left).or(call.answered());
            if waited.is_none_or(|waited| waited > due) {
                broken.push(Broken {
                    at: due,
                    seen: match self.went(call) {
                        Some(went) => format!(
                            "the text of client {} went to the model {} ms after it came",
                            call.client,
                            went - call.at
                        ),
                        None => {
                            format!("the text of client {} never went to the model", call.client)
                        }
                    },
                    expected: format!(
                        "{} ms at most: max_wait, from the batch's first text on",
                        self.max_wait()
                    ),
                    why: "only the clock can end the wait for a client that does not come",
                });
            }
            let waits_on = |other: &&Call| {
                let until = self.went(other).or(other.left).or(other.answered());
                other.at <= call.at
                    && until.is_none_or(|until| until > call.at + TICK)
                    && other.left.is_none_or(|left| left > call.at + TICK)
            };
            let waiting = self.taken_in().filter(waits_on).count();
            if waiting >= max_batch {
                broken.push(Broken {
                    at: call.at + TICK,
                    seen: format!("{waiting} texts waited, and max_batch is {max_batch}"),
                    expected: "a full batch that goes to the model at once".to_owned(),
                    why: "nobody can join a full batch: every further millisecond is lost",
                });
            }
        }
    }

    fn texts_that_wait_together_go_together(&self, broken: &mut Vec<Broken>) {
        let stayed = |call: &&Call| match (self.went(call), call.left) {
            (Some(went), Some(left)) => left > went,
            (went, _) => went.is_some(),
        };
        let calls: Vec<&Call> = self.taken_in().filter(stayed).collect();
        for (index, one) in calls.iter().enumerate() {
            for other in &calls[index + 1..] {
                let [Some(first), Some(second)] =
                    [one, other].map(|call| self.first_batch(call.client))
                else {
                    continue;
                };
                let both_from = one.at.max(other.at);
                let both_until = first.start.min(second.start);
                let together = std::ptr::eq(first, second);
                if !together && both_until > both_from + TICK && !self.is_closed(both_until + TICK)
                {
                    broken.push(Broken {
                        at: both_until,
                        seen: format!(
                            "the texts of clients {} and {} waited at one time, and went in two batches",
                            one.client, other.client
                        ),
                        expected: "a text joins the batch that waits".to_owned(),
                        why: "two small batches cost the model nearly twice as much as one",
                    });
                }
            }
        }
    }

    fn each_client_is_told_the_truth(&self, broken: &mut Vec<Broken>) {
        for call in &self.history.calls {
            let Call {
                client,
                at: called,
                ref outcome,
                ..
            } = *call;
            let Some((at, seen)) = outcome else { continue };
            let ended = |how: Ended| {
                let batches = self.history.batches_of(client);
                let ends = batches.filter_map(move |batch| batch.end);
                ends.filter(move |end| end.1 == how).map(|end| end.0).max()
            };
            let own = "the embedding of its own text, as the model returned it";
            let mut breaks = |when: u64, seen: String, expected: &str, why| {
                broken.push(Broken {
                    at: when,
                    seen,
                    expected: expected.to_owned(),
                    why,
                });
            };
            match seen {
                Seen::ItsReply => match ended(Ended::Answered) {
                    None => breaks(
                        *at,
                        format!("client {client} got a reply that the model did not give"),
                        own,
                        "a reply that nobody computed is worse than none: nobody notices",
                    ),
                    Some(end) if *at > end + TICK => breaks(
                        end + TICK,
                        format!(
                            "client {client} got its reply {} ms after the model returned it",
                            at - end
                        ),
                        "its reply at once",
                        "a reply that waits for another batch is late for nothing",
                    ),
                    Some(_) => {}
                },
                Seen::AnothersReply => breaks(
                    *at,
                    format!("client {client} got a reply that is not its own"),
                    own,
                    "a reply that goes to another client is worse than none: nobody notices",
                ),
                Seen::Error(InferError::ModelFailed(_)) => match ended(Ended::Failed) {
                    None => breaks(
                        *at,
                        format!(
                            "client {client} was told ModelFailed, and the model did not fail on its batch"
                        ),
                        own,
                        "a client that is told of a failure tries again, or gives up",
                    ),
                    Some(end) if *at > end + TICK => breaks(
                        end + TICK,
                        format!(
                            "client {client} was told {} ms after the model failed",
                            at - end
                        ),
                        "Err(ModelFailed(..)) at once",
                        "whoever hears late of a failure has lost the time to do something about it",
                    ),
                    Some(_) => {}
                },
                Seen::Error(InferError::Overloaded) => self.was_overloaded(call, *at, broken),
                Seen::Error(InferError::Closed) => {
                    let is_closed = self.is_closed(called);
                    if !is_closed || *at > called {
                        let seen = if is_closed {
                            format!(
                                "client {client} was told Closed {} ms after its call",
                                at - called
                            )
                        } else if self.first_batch(client).is_some() {
                            format!(
                                "client {client} was told Closed, and its text was at the model"
                            )
                        } else {
                            format!(
                                "client {client} was told Closed, and nobody had called shutdown"
                            )
                        };
                        let expected = if is_closed {
                            "Err(Closed) in the same millisecond"
                        } else {
                            "its reply, or Err(ModelFailed(..)) if the model fails"
                        };
                        let why =
                            "Closed says that the request was not taken in, and may go elsewhere";
                        breaks(*at, seen, expected, why);
                    }
                }
                Seen::Panic => breaks(
                    *at,
                    format!("client {client} was ended by a panic inside infer"),
                    "a reply or an error",
                    "a panic ends the client's task, and whatever that task owes to others",
                ),
                Seen::Nothing => {
                    let end = self
                        .history
                        .batches_of(client)
                        .filter_map(|batch| batch.end);
                    let due = end
                        .map(|end| end.0)
                        .max()
                        .unwrap_or(called + self.max_wait());
                    breaks(
                        due + TICK,
                        format!("client {client} got no reply in {PATIENCE} ms"),
                        "a reply or an error",
                        "a request that was taken in is a promise",
                    );
                }
            }
        }
    }

    /// Being told `Overloaded` is right at once, and while all places may be taken.
    fn was_overloaded(&self, call: &Call, at: u64, broken: &mut Vec<Broken>) {
        let capacity = self.config.capacity;
        let client = call.client;
        let before = self
            .history
            .calls
            .iter()
            .take_while(|one| one.client != client);
        let inside = before
            .filter(|one| self.may_be_inside(one, call.at))
            .count();
        let mut breaks = |seen: String, expected: &str, why| {
            broken.push(Broken {
                at: call.at,
                seen,
                expected: expected.to_owned(),
                why,
            });
        };
        if inside < capacity {
            breaks(
                format!(
                    "client {client} was told Overloaded, with {inside} of {capacity} places taken"
                ),
                "its reply: there is room",
                "a place that is not given back is lost for ever",
            );
        } else if at > call.at {
            breaks(
                format!(
                    "client {client} was told Overloaded {} ms after its call",
                    at - call.at
                ),
                "Err(Overloaded) in the same millisecond",
                "whoever waits for room may be the one that is to make it",
            );
        }
    }

    fn places_are_counted(&self, broken: &mut Vec<Broken>) {
        let capacity = self.config.capacity;
        for (index, call) in self.history.calls.iter().enumerate() {
            let client = call.client;
            // Of a client that went away it is not known whether it was refused.
            let was_taken_in = match (&call.outcome, self.first_batch(client)) {
                (_, Some(_)) => true,
                (Some(_), None) => !call.was_refused(),
                (None, None) => false,
            };
            if !was_taken_in || call.was_refused() {
                continue;
            }
            let before = self.history.calls[..index].iter();
            let inside = before.filter(|one| self.is_inside(one, call.at)).count();
            if inside >= capacity {
                broken.push(Broken {
                    at: call.at,
                    seen: format!("client {client} was taken in while all {capacity} places were taken"),
                    expected: "Err(Overloaded) at once".to_owned(),
                    why: "a queue without an end turns overload into memory, and every reply into a late one",
                });
            }
            if let Some(closed) = self.closed_at()
                && closed < call.at
            {
                broken.push(Broken {
                    at: call.at,
                    seen: format!(
                        "client {client} was taken in {} ms after shutdown was called",
                        call.at - closed
                    ),
                    expected: "Err(Closed) at once, from every handle".to_owned(),
                    why: "a service that goes on taking requests in never stops",
                });
            }
        }
    }

    fn shutdowns_return_in_time(&self, broken: &mut Vec<Broken>) {
        let last = self.taken_in().map(|call| match call.left {
            Some(_) => self.may_be_inside_until(call),
            None => call.answered().unwrap_or(0),
        });
        let last = last.max().unwrap_or(0);
        let expected = "shutdown returns once everyone is answered";
        for shutdown in self
            .history
            .shutdowns
            .iter()
            .filter(|shutdown| !shutdown.given_up)
        {
            let mut breaks = |at: u64, seen: String, why| {
                broken.push(Broken {
                    at,
                    seen,
                    expected: expected.to_owned(),
                    why,
                });
            };
            let Some(returned) = shutdown.returned else {
                breaks(
                    last.max(shutdown.at) + TICK,
                    format!("shutdown did not return in {PATIENCE} ms"),
                    "a service that does not stop is killed, with everything that is inside",
                );
                continue;
            };
            for call in self.taken_in().filter(|call| call.at < shutdown.at) {
                if let Some(answered) = call.answered()
                    && answered > returned + TICK
                {
                    let late = answered - returned;
                    breaks(
                        returned,
                        format!(
                            "client {} was answered {late} ms after the end of shutdown",
                            call.client
                        ),
                        "a request that was taken in is a promise",
                    );
                }
            }
            if returned > last.max(shutdown.at) + TICK {
                breaks(
                    last.max(shutdown.at) + TICK,
                    format!(
                        "shutdown returned {} ms after all were answered",
                        returned - last.max(shutdown.at)
                    ),
                    "a shutdown that sleeps for a fixed time is sometimes too short, and else too long",
                );
            }
        }
    }
}

/// A text that may be long.
fn shown(text: &[i64]) -> String {
    match text {
        [] => "an empty text".to_owned(),
        _ if text.len() <= 6 => format!("the text {text:?}"),
        _ => format!(
            "a text of {} ids that begins with {:?}",
            text.len(),
            &text[..4]
        ),
    }
}
