//! Plays scenarios and holds what is observed to the promises.

use std::sync::Arc;
use std::time::Duration;

use checks::Failure;
use checks::schedule;
use checks::unscheduled::{Mutex, PoisonError};

use super::scenario::{Act, Kind, Order, Run, Scenario, Text};
use super::shared::{Known, Method, known};
use super::stage::{
    COMMON, Call, Ended, LONGEST_WAIT, Stage, Watching, are_same, conversation_number, error, ids,
    logits_of, name, sources,
};
use super::why::{self, Count, Wait, are_reordered};
use crate::Conversation;

/// A failing scenario is made smaller by at most so many tries.
const TRIES: usize = 300;

/// Steps at which a thread is stopped at most.
const STOPS: usize = 60;

/// The promise that says what comes after a failed run.
const AFTER_A_FAILURE: usize = 8;

/// The promise that is checked: its number in README.md.
#[derive(Clone, Copy)]
pub struct Promise(pub usize);

/// A promise that was not kept.
struct Broken {
    promise: usize,
    failure: Failure,
}

/// How a scenario went.
struct Played {
    /// How the check's own promise was broken.
    broken: Option<Failure>,
    /// Whether any promise was.
    is_broken: bool,
    /// Steps of the thread that an order stops.
    steps: usize,
}

impl Promise {
    /// Fails unless the promise is kept in this scenario.
    #[track_caller]
    pub fn holds_in(&self, scenario: &Scenario) {
        if let Some(failure) = self.play(scenario).broken {
            failure.raise();
        }
    }

    /// Fails unless the promise is kept wherever the thread of one act is stopped, once or twice, and another one goes on.
    #[track_caller]
    pub fn holds_at_each_step_of(&self, scenario: &Scenario) {
        self.holds_in(scenario);
        for (moment, acts) in scenario.moments.iter().enumerate() {
            for act in 0..acts.len() {
                let stops =
                    |steps: Vec<usize>| scenario.with_order(Order::Stops { moment, act, steps });
                let mut last = 1;
                let mut first = 1;
                while first <= last.min(STOPS) {
                    let played = self.play(&stops(vec![first]));
                    if let Some(failure) = played.broken {
                        failure.raise();
                    }
                    last = last.max(played.steps);
                    for second in first + 1..=last.min(STOPS) {
                        if let Some(failure) = self.play(&stops(vec![first, second])).broken {
                            failure.raise();
                        }
                    }
                    first += 1;
                }
            }
        }
    }

    /// Fails unless the promise is kept in so many scenarios of this kind. The one that is shown is made as small as it gets.
    #[track_caller]
    pub fn holds_in_all(&self, kind: Kind, count: u64) {
        for seed in 0..count {
            let mut scenario = kind.generate(seed);
            let Some(mut failure) = self.play(&scenario).broken else {
                continue;
            };
            let mut tries = 0;
            let mut candidates = scenario.smaller();
            while let Some(smaller) = candidates.pop() {
                tries += 1;
                if tries > TRIES {
                    break;
                }
                if let Some(smaller_failure) = self.play(&smaller).broken {
                    (scenario, failure) = (smaller, smaller_failure);
                    candidates = scenario.smaller();
                }
            }
            failure.why = format!(
                "{}\n(generated scenario {seed} of {count}, made smaller)",
                failure.why
            );
            failure.raise();
        }
    }

    fn play(&self, scenario: &Scenario) -> Played {
        let played = self.play_it(scenario);
        if self.0 == AFTER_A_FAILURE
            && played.broken.is_some()
            && self.play_it(&scenario.without_failures()).is_broken
        {
            // It has nothing to do with the failure: another check tells of it.
            return Played {
                broken: None,
                ..played
            };
        }
        played
    }

    fn play_it(&self, scenario: &Scenario) -> Played {
        let _alone = Stage::alone();
        let mut player = Player {
            stage: Stage::new(scenario.sessions),
            talks: Vec::new(),
            requests: 0,
            judged: Vec::new(),
            has_failed: false,
            broken: Vec::new(),
        };
        let steps = player.play(scenario);
        if player.broken.is_empty() {
            player.close();
            return Played {
                broken: None,
                is_broken: false,
                steps,
            };
        }
        let mut all = std::mem::take(&mut player.broken).into_iter();
        let broken = all.find(|broken| broken.promise == self.0);
        // Threads are left behind. One of them may have a lock that a drop would wait for.
        std::mem::forget(player);
        Played {
            broken: broken.map(|broken| broken.failure),
            is_broken: true,
            steps,
        }
    }
}

/// A conversation as the model has it.
struct Talk {
    conversation: Arc<Mutex<Option<Claimed<Conversation>>>>,
    said: Vec<i64>,
    /// The call that is under way or was the last, and what would be said after it.
    call: Option<(usize, Vec<i64>)>,
    /// One of its messages got an error.
    has_failed: bool,
    /// Dropped, or to be used no more after a panic.
    is_over: bool,
}

/// A value that goes from thread to thread.
struct Claimed<T>(T);

// SAFETY: only a conversation that is `Send` is put in: `Player::start` sees to it.
unsafe impl<T> Send for Claimed<T> {}

struct Player {
    stage: Stage,
    talks: Vec<Talk>,
    /// Requests without a conversation.
    requests: i64,
    /// For each call, whether its end was looked at.
    judged: Vec<bool>,
    /// A run has failed.
    has_failed: bool,
    broken: Vec<Broken>,
}

impl Player {
    /// All have what they waited for: conversations and classifier are dropped.
    fn close(mut self) {
        for conversation in 1..=self.talks.len() {
            self.drop_conversation(conversation);
        }
        self.stage.close();
    }

    /// Gives the steps of the thread that the order stops.
    fn play(&mut self, scenario: &Scenario) -> usize {
        let mut steps = 0;
        for (number, moment) in scenario.moments.iter().enumerate() {
            let threads: Vec<Option<usize>> = moment.iter().map(|act| self.act(*act)).collect();
            let stopped = match &scenario.order {
                Order::Stops { moment, act, .. } if *moment == number => threads[*act],
                _ => None,
            };
            self.stage.set_order(match (&scenario.order, stopped) {
                (Order::Random(random), _) => schedule::Order::Random(random.clone()),
                (Order::Stops { steps, .. }, Some(thread)) => schedule::Order::Stops {
                    thread,
                    steps: steps.clone(),
                },
                _ => schedule::Order::InTurn,
            });
            self.go_on(scenario.polls);
            if let Some(thread) = stopped {
                steps = self.stage.steps_of(thread);
            }
            if self.broken.is_empty() {
                self.ask_the_count();
            }
            if !self.broken.is_empty() {
                return steps;
            }
        }
        let calls = self.stage.seen().calls.len();
        (0..calls).for_each(|call| self.stage.release(call));
        self.go_on(0);
        if self.broken.is_empty() {
            self.ask_the_count();
        }
        steps
    }

    fn go_on(&mut self, polls: usize) {
        let ran = match polls {
            0 => self.stage.run(),
            polls => self.stage.run_for(polls),
        };
        if let Err(no_end) = ran {
            let expected = "each request comes to its end or waits for a session";
            self.break_promise(3, &no_end.to_string(), expected, why::ENDLESS);
            return;
        }
        self.look();
    }

    fn break_promise(&mut self, promise: usize, seen: &str, expected: &str, why: &str) {
        let failure = self.stage.failure(seen, expected, why);
        let failure = failure.of_promise(promise);
        self.broken.push(Broken { promise, failure });
    }

    /// Gives the thread that acts.
    fn act(&mut self, act: Act) -> Option<usize> {
        match act {
            Act::Infer(text) => self.infer(text),
            Act::Say(conversation, text) => self.say(conversation, text),
            Act::Start => Some(self.start()),
            Act::Drop(conversation) => self.drop_conversation(conversation),
            Act::Release(oldest) => self.release(oldest),
        }
    }

    fn infer(&mut self, text: Text) -> Option<usize> {
        let whose = if text.is_common {
            COMMON
        } else {
            self.requests + 1
        };
        let ids = text_of(whose, 0, text);
        if self.is_asked(&ids, text) {
            return None;
        }
        self.requests += 1;
        let call = new_call(self.requests, ids.clone(), text);
        self.judged.push(false);
        let thread = self
            .stage
            .call("infer", &ids.clone(), call, move |classifier, looks| {
                let method = Watching::infer;
                looks(method.may_enter(classifier));
                method.call(classifier, (&ids[..],))
            });
        Some(thread)
    }

    /// Another request is under way with this text, and the two are not alike: a session could not tell whose it runs.
    fn is_asked(&self, ids: &[i64], text: Text) -> bool {
        let is_plain = |is_held: bool, run: Run| !is_held && run == Run::Succeeds;
        let calls = &self.stage.seen().calls;
        calls.iter().any(|call| {
            let are_alike = is_plain(call.is_held, call.run) && is_plain(text.is_held, text.run);
            call.ended.is_none() && call.text == ids && !are_alike
        })
    }

    fn say(&mut self, conversation: usize, text: Text) -> Option<usize> {
        let talk = self.talks.get(conversation.checked_sub(1)?)?;
        if talk.is_over || !self.may_be_used(talk) {
            return None;
        }
        let number = conversation_number(conversation);
        // Who says something again says the same ids.
        let from = if text.is_common { 0 } else { talk.said.len() };
        let ids = text_of(number, from, text);
        let all = [&talk.said[..], &ids].concat();
        if self.is_asked(&all, text) {
            return None;
        }
        let slot = Arc::clone(&talk.conversation);
        let call = self.stage.seen().calls.len();
        self.talks[conversation - 1].call = Some((call, all.clone()));
        self.judged.push(false);
        let call = new_call(number, all, text);
        let thread = self
            .stage
            .call("say", &ids.clone(), call, move |classifier, looks| {
                let method = Watching::say;
                looks(method.may_enter(classifier));
                // Taken out, for the slot must not stay locked during the run.
                let take = || slot.lock().unwrap_or_else(PoisonError::into_inner).take();
                let mut conversation = BackInto(take(), &slot);
                let Some(Claimed(conversation)) = &mut conversation.0 else {
                    unreachable!("nobody else speaks in it");
                };
                method.call(classifier, (conversation, &ids[..]))
            });
        Some(thread)
    }

    /// Nobody speaks in it, and it has started.
    fn may_be_used(&self, talk: &Talk) -> bool {
        let is_there = talk.conversation.lock();
        let is_there = is_there.unwrap_or_else(PoisonError::into_inner).is_some();
        let seen = self.stage.seen();
        let has_ended = |call: &(usize, Vec<i64>)| seen.calls[call.0].ended.is_some();
        is_there && talk.call.as_ref().is_none_or(has_ended)
    }

    fn start(&mut self) -> usize {
        let Known { send, .. } = known!(Conversation);
        if !send {
            let expected = "one that the next message can find on another thread";
            self.break_promise(5, "Conversation is not Send", expected, why::NOT_SEND);
        }
        let slot = Arc::<Mutex<Option<Claimed<Conversation>>>>::default();
        let classifier = self.stage.classifier();
        let mine = Arc::clone(&slot);
        self.talks.push(Talk {
            conversation: slot,
            said: Vec::new(),
            call: None,
            has_failed: false,
            is_over: !send,
        });
        let record = self.stage.record().clone();
        let number = conversation_number(self.talks.len());
        self.stage.act(move || {
            let conversation = Watching::start.call(&classifier, ());
            record.step(name(number), "starts");
            *mine.lock().unwrap_or_else(PoisonError::into_inner) = Some(Claimed(conversation));
        })
    }

    fn drop_conversation(&mut self, conversation: usize) -> Option<usize> {
        let index = conversation.checked_sub(1)?;
        if !self.may_be_used(self.talks.get(index)?) {
            return None;
        }
        let talk = &mut self.talks[index];
        let slot = Arc::clone(&talk.conversation);
        let mine = slot.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        talk.is_over = true;
        let record = self.stage.record().clone();
        Some(self.stage.act(move || {
            record.step(name(conversation_number(conversation)), "ends");
            // As a whole: a closure that takes the conversation out of it would have to be `Send` by that.
            drop::<Claimed<Conversation>>(mine);
        }))
    }

    fn release(&mut self, oldest: usize) -> Option<usize> {
        let held = {
            let seen = self.stage.seen();
            let held = seen.calls.iter().enumerate();
            let held = held.filter(|(_, call)| call.is_held && call.inside.is_some());
            held.map(|(number, _)| number).nth(oldest)
        }?;
        self.stage.release(held);
        None
    }

    /// Nobody can go on: what can be seen now?
    fn look(&mut self) {
        let overlap = self.stage.seen().overlap;
        if let Some((second, first, session)) = overlap {
            let (first, second) = (name(first), name(second));
            let seen =
                format!("{second} is in `run` of session {session}, and {first} is there, too");
            let expected = "one request at a time in each session";
            self.break_promise(4, &seen, expected, why::ONE_AT_A_TIME);
        }
        for call in 0..self.judged.len() {
            let ended = self.stage.seen().calls[call].ended.clone();
            if let (Some(ended), false) = (ended, self.judged[call]) {
                self.judged[call] = true;
                self.judge(call, &ended);
            }
        }
        let late = self.stage.seen().late;
        if let Some((request, session, waited)) = late {
            let (who, waited) = (name(request), waited.as_millis());
            let seen = format!(
                "{who} came into session {session} after that had been idle for {waited} ms"
            );
            let expected = format!("{} ms at most", LONGEST_WAIT.as_millis());
            let (promise, why) = match self.has_failed {
                true => (AFTER_A_FAILURE, why::LATE_AFTER_A_FAILURE),
                false => (3, why::LATE),
            };
            self.break_promise(promise, &seen, &expected, why);
        }
        self.look_who_waits();
    }

    fn look_who_waits(&mut self) {
        let (who, inside, at_lock, is_inside, came_free_meanwhile) = {
            let seen = self.stage.seen();
            let inside: Vec<String> = seen
                .calls
                .iter()
                .filter(|call| call.inside.is_some())
                .map(|call| name(call.number))
                .collect();
            if inside.len() >= self.stage.sessions {
                return;
            }
            let Some(call) = seen
                .calls
                .iter()
                .find(|call| call.ended.is_none() && !(call.is_held && call.inside.is_some()))
            else {
                return;
            };
            (
                name(call.number),
                inside,
                call.at_lock,
                call.inside.is_some(),
                call.came_free_meanwhile,
            )
        };
        let sessions = self.stage.sessions;
        let idle = sessions - inside.len();
        let whom = match &inside[..] {
            [first, second, third, more @ ..] if !more.is_empty() => {
                format!("{first}, {second}, {third} and {} more", more.len())
            }
            few => few.join(" and "),
        };
        let seen = match (is_inside, inside.is_empty()) {
            (true, _) => format!("{who} does not come out of `run`"),
            (false, true) => format!("{who} waits, and no session is in use"),
            (false, false) => {
                let are = if idle == 1 { "is" } else { "are" };
                format!("{who} waits for {whom}, while {idle} of {sessions} sessions {are} idle")
            }
        };
        let does = if at_lock {
            "waits for the lock that the server must put around `&mut self`"
        } else {
            "waits inside the classifier"
        };
        self.stage.record().step(who, does);
        let wait = Wait {
            is_in_run: is_inside,
            is_at_lock: at_lock,
            nobody_is_inside: inside.is_empty(),
            came_free_meanwhile,
            after_a_failure: self.has_failed,
        };
        let promise = if self.has_failed { AFTER_A_FAILURE } else { 3 };
        self.break_promise(promise, &seen, wait.expected(), wait.why());
    }

    /// Is this how the call had to end?
    fn judge(&mut self, call: usize, ended: &Ended) {
        let (number, text, run) = {
            let call = &self.stage.seen().calls[call];
            (call.number, call.text.clone(), call.run)
        };
        let who = name(number);
        let failed_before = self.has_failed;
        self.has_failed |= run != Run::Succeeds;
        let talk = self
            .talks
            .iter_mut()
            .find(|talk| talk.call.as_ref().is_some_and(|(other, _)| *other == call));
        // Which promise says what a request is answered from.
        let mut answers = 1;
        if let Some(talk) = talk {
            answers = if talk.has_failed { 6 } else { 5 };
            match run {
                Run::Succeeds => talk.said = text.clone(),
                Run::ReturnsAnError => talk.has_failed = true,
                Run::Panics => talk.is_over = true,
            }
        }
        let wanted = format!("an answer from {}", sources(&text, number));
        let (failed_wrongly, why_no_error) = if failed_before {
            (AFTER_A_FAILURE, why::NO_ERROR_AFTER_A_FAILURE)
        } else {
            (answers, why::NO_ERROR)
        };
        match (run, ended) {
            (Run::Succeeds, Ended::Returned(Ok(logits))) if are_same(*logits, logits_of(&text)) => {
            }
            (Run::Succeeds, Ended::Returned(Ok(logits))) => {
                let (seen, why) = match self.stage.counted_of(*logits) {
                    Some(counted) => {
                        let sources = sources(&counted, number);
                        let seen = if format!("an answer from {sources}") != wanted {
                            format!("{who} was answered from {sources}")
                        } else if are_reordered(&text, &counted) {
                            format!("{who} was answered from its ids in another order")
                        } else {
                            format!("{who} was answered from as many ids, and not the same ones")
                        };
                        (seen, why::of_other_ids(&text, &counted, answers > 1))
                    }
                    None => {
                        let seen = format!("{who} got {logits:?}, which no session computed");
                        (seen, why::NO_LOGITS)
                    }
                };
                self.break_promise(answers, &seen, &wanted, why);
            }
            (Run::Succeeds, Ended::Returned(Err(error))) => {
                let seen = format!("{who} got an error: {error}");
                self.break_promise(failed_wrongly, &seen, &wanted, why_no_error);
            }
            (Run::Succeeds, Ended::Panicked) => {
                let seen = format!("{who} was ended by a panic");
                self.break_promise(failed_wrongly, &seen, &wanted, why_no_error);
            }
            (Run::ReturnsAnError, Ended::Returned(Err(seen))) if *seen == error() => (),
            (Run::ReturnsAnError, ended) => {
                let seen = format!(
                    "the run of {who} returned an error, and {who} {}",
                    shown(ended)
                );
                let promise = if answers == 1 { 1 } else { 6 };
                let expected = format!("the session's error: {}", error());
                self.break_promise(promise, &seen, &expected, why::THE_SESSIONS_ERROR);
            }
            (Run::Panics, Ended::Returned(Ok(_))) => {
                let seen = format!("the run of {who} panicked, and {who} {}", shown(ended));
                self.break_promise(
                    AFTER_A_FAILURE,
                    &seen,
                    "a panic, or an error",
                    why::NO_LOGITS,
                );
            }
            (Run::Panics, _) => (),
        }
        if self.broken.is_empty() {
            self.judge_runs(&who, &text);
        }
    }

    /// Each request is run once. Of those that sent the same text nobody can tell whose run it was.
    fn judge_runs(&mut self, who: &str, text: &[i64]) {
        let (alike, runs) = {
            let seen = self.stage.seen();
            let alike = seen.calls.iter().filter(|call| call.text == text);
            if alike.clone().any(|call| call.ended.is_none()) {
                return;
            }
            (
                alike.clone().count(),
                alike.map(|call| call.runs).sum::<usize>(),
            )
        };
        if runs == alike {
            return;
        }
        let seen = match (alike, runs) {
            (1, 0) => format!("{who} was answered without a run"),
            (1, _) => format!("{who} was run {runs} times"),
            (_, 1) => format!("{alike} requests with one text were answered from 1 run"),
            _ => format!("{alike} requests with one text were answered from {runs} runs"),
        };
        let expected = "one run of one session for each request";
        self.break_promise(1, &seen, expected, why::of_runs(alike, runs));
    }

    /// `served` may wait for runs. If it does not, it is exact.
    fn ask_the_count(&mut self) {
        let classifier = self.stage.classifier();
        let served = Arc::<Mutex<Option<u64>>>::default();
        let slot = Arc::clone(&served);
        self.stage.act(move || {
            let served = Watching::served.call(&classifier, ());
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(served);
        });
        self.stage.set_order(schedule::Order::InTurn);
        if self.stage.run().is_err() {
            return;
        }
        let served = *served.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(served) = served else {
            return;
        };
        let count = {
            let calls = &self.stage.seen().calls;
            let count = |is: &dyn Fn(&Call) -> bool| {
                let number = calls.iter().filter(|call| is(call)).count();
                u64::try_from(number).expect("a count of calls")
            };
            let given = count(&|call| matches!(call.ended, Some(Ended::Returned(Ok(_)))));
            Count {
                served,
                given,
                failed: count(&|call| call.ended.is_some()) - given,
                under_way: count(&|call| call.ended.is_none()),
                were_at_once: calls.iter().any(|call| call.began_beside_another),
            }
        };
        let given = count.given;
        if served == given {
            return;
        }
        let mut seen = format!("{} given logits", were(given));
        if count.failed > 0 {
            seen = format!("{seen}, {} failed", count.failed);
        }
        if count.under_way > 0 {
            seen = format!("{seen}, {} had no end yet", count.under_way);
        }
        let seen = format!("{seen}, and served() is {served}");
        self.break_promise(9, &seen, &format!("served() is {given}"), count.why());
    }
}

/// Puts a conversation back where the next message finds it, also after a panic.
struct BackInto<'a>(
    Option<Claimed<Conversation>>,
    &'a Mutex<Option<Claimed<Conversation>>>,
);

impl Drop for BackInto<'_> {
    fn drop(&mut self) {
        *self.1.lock().unwrap_or_else(PoisonError::into_inner) = self.0.take();
    }
}

fn new_call(number: i64, text: Vec<i64>, what: Text) -> Call {
    Call {
        number,
        text,
        run: what.run,
        is_held: what.is_held,
        inside: None,
        runs: 0,
        at_lock: false,
        has_begun: false,
        began_at: Duration::ZERO,
        began_beside_another: false,
        came_free_meanwhile: false,
        ended: None,
    }
}

fn text_of(number: i64, from: usize, text: Text) -> Vec<i64> {
    let mut ids = ids(number, from, text.length);
    if text.is_odd {
        ids.iter_mut()
            .zip([0, -1, i64::MAX])
            .for_each(|(id, odd)| *id = odd);
    }
    ids
}

fn shown(ended: &Ended) -> String {
    match ended {
        Ended::Returned(Ok(logits)) => format!("got the logits {logits:?}"),
        Ended::Returned(Err(error)) => format!("got another error: {error}"),
        Ended::Panicked => "was ended by a panic".to_owned(),
    }
}

fn were(count: u64) -> String {
    match count {
        1 => "1 request was".to_owned(),
        _ => format!("{count} requests were"),
    }
}
