//! What the promises allow to be seen. The README says them; here each history is held to them, whatever the batcher is made of.
//!
//! A timer of tokio may fire a little late, so that things less than `TICK` apart may come in any order. And some things
//! are left open: a client that went away may have a place, or be in a batch, until its text is done.

use std::cell::RefCell;

use super::history::{Batch, Call, Ended, History, Seen};
use super::stage::{TICK, TIMEOUT, name_of_shutdown};
use crate::{Config, InferError};

/// What broke a promise.
#[derive(Debug)]
pub struct Broken {
    /// Its number in the README.
    pub promise: usize,
    /// When it was broken.
    pub at: u64,
    pub seen: String,
    pub expected: String,
    pub why: &'static str,
}

/// What broke a promise first, if anything did: it is the cause of what came later. Everyone must have had the time to be
/// answered.
pub fn first_broken(history: &History) -> Option<Broken> {
    let rules = Rules {
        history,
        config: history.config?,
        broken: RefCell::default(),
    };
    for batch in &history.batches {
        rules.batch_holds_what_it_may(batch);
        rules.batch_goes_in_time(batch);
    }
    for call in &history.calls {
        if !call.was_refused() {
            rules.text_does_not_wait_too_long(call);
            rules.text_shares_its_batch(call);
            rules.there_was_room_for(call);
        }
        rules.client_is_told_the_truth(call);
    }
    rules.shutdowns_return_in_time();
    rules
        .broken
        .into_inner()
        .into_iter()
        .min_by_key(|broken| broken.at)
}

struct Rules<'a> {
    history: &'a History,
    config: Config,
    broken: RefCell<Vec<Broken>>,
}

impl Rules<'_> {
    fn breaks(&self, promise: usize, at: u64, seen: String, expected: &str, why: &'static str) {
        self.broken.borrow_mut().push(Broken {
            promise,
            at,
            seen,
            expected: expected.to_owned(),
            why,
        });
    }

    fn max_wait(&self) -> u64 {
        u64::try_from(self.config.max_wait.as_millis()).expect("a day at most")
    }

    /// Requests that were taken in, as far as is known.
    fn taken_in(&self) -> impl Iterator<Item = &Call> + Clone {
        let calls = self.history.calls.iter();
        calls.filter(|call| !call.was_refused())
    }

    fn first_batch(&self, call: &Call) -> Option<&Batch> {
        self.history.batches_of(call.client).next()
    }

    /// When the text first went to the model.
    fn went(&self, call: &Call) -> Option<u64> {
        self.first_batch(call).map(|batch| batch.start)
    }

    /// When the batcher was closed, if it was then.
    fn closed(&self, at: u64) -> Option<u64> {
        let shutdowns = self.history.shutdowns.iter();
        let closed = shutdowns.map(|shutdown| shutdown.at).min();
        closed.filter(|closed| *closed <= at)
    }

    /// Until when the request may take a place.
    fn may_be_inside_until(&self, call: &Call) -> u64 {
        let Some(left) = call.left else {
            return call.answered().unwrap_or(u64::MAX);
        };
        match self.history.batches_of(call.client).next_back() {
            Some(batch) => left.max(batch.end.map_or(u64::MAX, |(end, _)| end)),
            // It may be in a batch that goes without it.
            None => left.max(call.at + self.max_wait()),
        }
    }

    fn may_be_inside(&self, call: &Call, at: u64) -> bool {
        let until = self.may_be_inside_until(call).saturating_add(TICK);
        !call.was_refused() && call.at <= at && at <= until
    }

    /// Whether the request takes a place at that time, whatever is left open.
    fn is_inside(&self, call: &Call, at: u64) -> bool {
        let is_over = |end: Option<u64>| end.is_some_and(|end| end <= at + TICK);
        let is_over = is_over(call.answered()) || is_over(call.left);
        !call.was_refused() && call.at <= at && !is_over
    }

    /// How many places are taken for sure when the request comes.
    fn places_taken_before(&self, call: &Call) -> usize {
        let before = self.history.calls.iter();
        let before = before.take_while(|other| !std::ptr::eq(*other, call));
        before
            .filter(|other| self.is_inside(other, call.at))
            .count()
    }

    fn batch_holds_what_it_may(&self, batch: &Batch) {
        let (at, size) = (batch.start, batch.clients.len() + batch.foreign_texts.len());
        if let Some(text) = batch.foreign_texts.first() {
            let seen = format!("the model was given {}, which no client sent", shown(text));
            let why = "an embedding of another text is no answer";
            self.breaks(4, at, seen, "each text as its client gave it", why);
        }
        if size > self.config.max_batch {
            let seen = format!("the model got a batch of {size}");
            let expected = format!("{} at most", count(self.config.max_batch, "text"));
            let why = "max_batch is what fits into the model's memory";
            self.breaks(2, at, seen, &expected, why);
        }
        if size == 0 {
            let seen = "the model got an empty batch".to_owned();
            self.breaks(2, at, seen, "one text at least", EMPTY);
        }
        for (place, client) in batch.clients.iter().enumerate() {
            let earlier = self.history.batches_of(*client);
            let mut earlier = earlier.take_while(|earlier| !std::ptr::eq(*earlier, batch));
            let failed =
                |earlier: &Batch| matches!(earlier.end, Some((end, Ended::Failed)) if end <= at);
            if !earlier.all(failed) || batch.clients[..place].contains(client) {
                let seen = format!("the model got the text of client {client} twice");
                let why = "the model's time is what batching is to save";
                self.breaks(4, at, seen, "once, unless the model failed on it", why);
            }
            let mut calls = self.history.calls.iter();
            // `Closed` in the same millisecond may be what becomes of it at the model.
            let refused = |call: &Call| match call.outcome {
                Some((answered, Seen::Error(InferError::Overloaded))) => answered <= at,
                Some((answered, Seen::Error(InferError::Closed))) => answered < at,
                _ => false,
            };
            if calls.any(|call| call.client == *client && refused(call)) {
                let seen = format!("client {client} was refused, and its text went to the model");
                let why = "work for a client that was sent away delays the others";
                self.breaks(4, at, seen, "no text of whoever is refused", why);
            }
        }
    }

    /// A batch goes to the model when it is full or its time is over, and not before.
    fn batch_goes_in_time(&self, batch: &Batch) {
        let at = batch.start;
        let is_retry = self.taken_in().any(|call| {
            let first = self.first_batch(call);
            batch.clients.contains(&call.client)
                && first.is_some_and(|first| !std::ptr::eq(first, batch))
        });
        // Whoever left before the batch went may have been in it.
        let may_be_in = |call: &Call| {
            let left_before = call.left.is_some_and(|left| left <= at);
            let went_before = self.went(call).is_some_and(|went| went < at);
            let was_due_before = call.at + self.max_wait() + TICK < at;
            call.at <= at && left_before && !went_before && !was_due_before
        };
        let texts = self
            .taken_in()
            .filter(|call| batch.clients.contains(&call.client) || may_be_in(call));
        let is_full = texts.clone().count() >= self.config.max_batch;
        let first = texts.map(|call| call.at).min().unwrap_or(at);
        let is_due = at >= first + self.max_wait();
        let inside = self.taken_in().filter(|call| self.may_be_inside(call, at));
        let is_closed = self.closed(at + TICK).is_some();
        let nobody_can_join = is_closed || inside.count() >= self.config.capacity;
        if !is_retry && !nobody_can_join && !is_full && !is_due {
            let size = batch.clients.len();
            let seen = format!(
                "a batch of {size} went to the model {} ms after its first text",
                at - first
            );
            let max_batch = count(self.config.max_batch, "text");
            let expected = format!("{max_batch}, or {} ms after the first", self.max_wait());
            let why = "a batch that does not wait for company wastes the model";
            self.breaks(3, at, seen, &expected, why);
        }
    }

    fn text_does_not_wait_too_long(&self, call: &Call) {
        let max_batch = self.config.max_batch;
        let due = call.at + self.max_wait() + TICK;
        let waits_until = |call: &Call| self.went(call).or(call.left).or(call.answered());
        if waits_until(call).is_none_or(|until| until > due) {
            let client = call.client;
            let seen = match self.went(call) {
                Some(went) => format!(
                    "the text of client {client} went to the model {} ms after it came",
                    went - call.at
                ),
                None => format!("the text of client {client} never went to the model"),
            };
            let max_wait = self.max_wait();
            let expected =
                format!("{max_wait} ms at most: max_wait, from the batch's first text on");
            let why = "only the clock can end the wait for a client that does not come";
            self.breaks(3, due, seen, &expected, why);
        }
        let at = call.at + TICK;
        let waits = |other: &&Call| {
            let has_left = other.left.is_some_and(|left| left <= at);
            let waits = waits_until(other).is_none_or(|until| until > at);
            other.at <= call.at && waits && !has_left
        };
        let waiting = self.taken_in().filter(waits).count();
        if waiting >= max_batch {
            let seen = format!(
                "{} waited, and max_batch is {max_batch}",
                count(waiting, "text")
            );
            let why = "no request can join a full batch: every further millisecond is lost";
            self.breaks(
                2,
                at,
                seen,
                "a full batch that goes to the model at once",
                why,
            );
        }
    }

    fn text_shares_its_batch(&self, call: &Call) {
        let stays = |call: &Call, went: u64| call.left.is_none_or(|left| left > went);
        let Some(own) = self.first_batch(call).filter(|own| stays(call, own.start)) else {
            return;
        };
        for other in self
            .taken_in()
            .take_while(|other| !std::ptr::eq(*other, call))
        {
            let Some(others) = self
                .first_batch(other)
                .filter(|its| stays(other, its.start))
            else {
                continue;
            };
            let both_until = own.start.min(others.start);
            let waited_together = both_until > call.at.max(other.at) + TICK;
            let is_closed = self.closed(both_until + TICK).is_some();
            if !std::ptr::eq(own, others) && waited_together && !is_closed {
                let (one, two) = (other.client, call.client);
                let seen = format!(
                    "the texts of clients {one} and {two} waited at one time, and went in two batches"
                );
                let why = "two small batches cost the model nearly twice as much as one";
                self.breaks(
                    4,
                    both_until,
                    seen,
                    "a text joins the batch that waits",
                    why,
                );
            }
        }
    }

    /// Whoever was taken in found a place, and an open door.
    fn there_was_room_for(&self, call: &Call) {
        let (client, at) = (call.client, call.at);
        // Of a client that went away it is not known whether it was refused.
        if self.first_batch(call).is_none() && call.outcome.is_none() {
            return;
        }
        let capacity = self.config.capacity;
        if self.places_taken_before(call) >= capacity {
            let places = match capacity {
                1 => "the only place was".to_owned(),
                _ => format!("all {capacity} places were"),
            };
            let seen = format!("client {client} was taken in while {places} taken");
            let why = "a queue without an end turns overload into memory, and every reply into a late one";
            self.breaks(7, at, seen, "Err(Overloaded) at once", why);
        }
        if let Some(closed) = self.closed(at)
            && closed < at
        {
            let after = at - closed;
            let seen = format!("client {client} was taken in {after} ms after shutdown was called");
            let why = "a service that goes on taking requests in never stops";
            self.breaks(10, at, seen, "Err(Closed) at once, from every handle", why);
        }
    }

    fn client_is_told_the_truth(&self, call: &Call) {
        let client = call.client;
        let Some((at, seen)) = &call.outcome else {
            return;
        };
        let at = *at;
        let ended = |how: Ended| {
            let ends = self
                .history
                .batches_of(client)
                .filter_map(|batch| batch.end);
            ends.filter(|end| end.1 == how).map(|end| end.0).max()
        };
        match seen {
            Seen::ItsReply => match ended(Ended::Answered) {
                None if ended(Ended::Failed).is_some() => {
                    let seen =
                        format!("client {client} got a reply of a batch on which the model failed");
                    let why = "with too few or too many embeddings it cannot be told which belongs to which text";
                    self.breaks(8, at, seen, "Err(ModelFailed(..))", why);
                }
                None => {
                    let seen = format!("client {client} got a reply that the model did not give");
                    self.breaks(5, at, seen, OWN_REPLY, NOBODY_NOTICES);
                }
                Some(end) if at > end + TICK => {
                    let late = at - end;
                    let seen = format!(
                        "client {client} got its reply {late} ms after the model returned it"
                    );
                    let why = "a reply that waits for another batch is late for nothing";
                    self.breaks(5, end + TICK, seen, "its reply at once", why);
                }
                Some(_) => {}
            },
            Seen::AnothersReply => {
                let seen = format!("client {client} got a reply that is not its own");
                self.breaks(5, at, seen, OWN_REPLY, NOBODY_NOTICES);
            }
            Seen::Error(InferError::ModelFailed(_)) => match ended(Ended::Failed) {
                None => {
                    let seen = format!(
                        "client {client} was told ModelFailed, and the model did not fail on its batch"
                    );
                    self.breaks(5, at, seen, OWN_REPLY, FAILED);
                }
                Some(end) if at > end + TICK => {
                    let seen = format!(
                        "client {client} was told {} ms after the model failed",
                        at - end
                    );
                    let why = "whoever hears late of a failure has lost the time to do something about it";
                    self.breaks(8, end + TICK, seen, "Err(ModelFailed(..)) at once", why);
                }
                Some(_) => {}
            },
            Seen::Error(InferError::Overloaded) => self.was_overloaded(call, at),
            Seen::Error(InferError::Closed) => self.was_closed(call, at),
            Seen::Panic => {
                let seen = format!("client {client} was ended by a panic inside infer");
                self.breaks(5, at, seen, "a reply or an error", PANIC_IN_INFER);
            }
            Seen::Nothing => {
                let last = self.history.batches_of(client).next_back();
                let (promise, due) = match last.map(|batch| batch.end) {
                    Some(Some((end, Ended::Failed))) => (8, end),
                    Some(Some((end, _))) => (5, end),
                    _ => (5, call.at + self.max_wait()),
                };
                let seen = format!("client {client} got no reply in {TIMEOUT} ms");
                let why = "a request that was taken in is a promise";
                self.breaks(promise, due + TICK, seen, "a reply or an error", why);
            }
        }
    }

    /// `Overloaded` is said at once, and only while all places may be taken.
    fn was_overloaded(&self, call: &Call, at: u64) {
        let (capacity, client) = (self.config.capacity, call.client);
        // Of those that come in one moment any may be first.
        let others = self.history.calls.iter();
        let others = others.filter(|other| !std::ptr::eq(*other, call));
        let inside = others
            .filter(|other| self.may_be_inside(other, call.at))
            .count();
        if inside < capacity {
            let seen = format!(
                "client {client} was told Overloaded, with {inside} of {} taken",
                count(capacity, "place")
            );
            self.breaks(7, call.at, seen, "its reply: there is room", OVERLOADED);
        } else if at > call.at {
            let late = at - call.at;
            let seen = format!("client {client} was told Overloaded {late} ms after its call");
            let why = "a task that waits for room may be the one that is to make it";
            self.breaks(
                7,
                call.at,
                seen,
                "Err(Overloaded) in the same millisecond",
                why,
            );
        }
    }

    /// `Closed` is said at once, and only after a shutdown was called.
    fn was_closed(&self, call: &Call, at: u64) {
        let client = call.client;
        let why = CLOSED;
        let last = self.history.batches_of(client).next_back();
        match last.map(|batch| batch.end) {
            Some(Some((_, Ended::Failed))) => {
                let seen = format!("client {client} was told Closed when the model failed");
                self.breaks(8, at, seen, "Err(ModelFailed(..))", why);
            }
            Some(_) => {
                let seen =
                    format!("client {client} was told Closed, and its text was at the model");
                self.breaks(5, at, seen, OWN_REPLY, why);
            }
            None if self.closed(call.at).is_some() => {
                if at > call.at {
                    let late = at - call.at;
                    let seen = format!("client {client} was told Closed {late} ms after its call");
                    let why = "a client that is told at once can go elsewhere";
                    self.breaks(
                        10,
                        call.at,
                        seen,
                        "Err(Closed) in the same millisecond",
                        why,
                    );
                }
            }
            None if self.closed(at).is_some() => {
                let seen =
                    format!("client {client} was told Closed by a shutdown that came after it");
                self.breaks(11, at, seen, OWN_REPLY, why);
            }
            None => {
                let seen =
                    format!("client {client} was told Closed, and shutdown had not been called");
                self.breaks(5, at, seen, OWN_REPLY, why);
            }
        }
    }

    fn shutdowns_return_in_time(&self) {
        let ends = self.taken_in().map(|call| match call.left {
            Some(_) => self.may_be_inside_until(call),
            None => call.answered().unwrap_or(0),
        });
        let last = ends.max().unwrap_or(0);
        let expected = "shutdown returns once everyone is answered";
        for (index, shutdown) in self.history.shutdowns.iter().enumerate() {
            if shutdown.given_up {
                continue;
            }
            let name = name_of_shutdown(index);
            let due = last.max(shutdown.at);
            let Some(returned) = shutdown.returned else {
                let seen = format!("{name} did not return in {TIMEOUT} ms");
                let why = "a service that does not stop is killed, with everything that is inside";
                self.breaks(11, due + TICK, seen, expected, why);
                continue;
            };
            for call in self.taken_in().filter(|call| call.at < shutdown.at) {
                if let Some(answered) = call.answered()
                    && answered > returned + TICK
                {
                    let (client, late) = (call.client, answered - returned);
                    let seen =
                        format!("client {client} was answered {late} ms after the end of {name}");
                    let why = "a request that was taken in is a promise";
                    self.breaks(11, returned, seen, expected, why);
                }
            }
            if returned > due + TICK {
                let late = returned - due;
                let seen = format!("{name} returned {late} ms after all were answered");
                let why = "a shutdown that sleeps for a fixed time is sometimes too short, and else too long";
                self.breaks(11, due + TICK, seen, expected, why);
            }
        }
    }
}

const OWN_REPLY: &str = "the embedding of its own text, as the model returned it";

pub const NOBODY_NOTICES: &str =
    "a reply that goes to another client is worse than none: no error shows it";

pub const EMPTY: &str = "a model that is made for texts may fail without any";

pub const PANIC_IN_INFER: &str =
    "a panic ends the client's task, and whatever that task owes to others";

const OVERLOADED: &str =
    "Overloaded says that all places are taken: one that is not given back is lost for ever";
const CLOSED: &str = "Closed says that the request was not taken in, and may go elsewhere";
const FAILED: &str = "a client that is told of a failure tries again, or gives up";

/// Why this is no answer to a request that should have got its reply.
pub fn why_not(error: &InferError) -> &'static str {
    match error {
        InferError::Overloaded => OVERLOADED,
        InferError::Closed => CLOSED,
        InferError::ModelFailed(_) => FAILED,
    }
}

/// `1 text`, `2 texts`.
fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

/// A text that may be long.
fn shown(text: &[i64]) -> String {
    match text {
        [] => "an empty text".to_owned(),
        _ if text.len() <= 6 => format!("the text {text:?}"),
        _ => format!("a text of {} ids", text.len()),
    }
}
