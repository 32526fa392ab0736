//! Where a scenario is played: clients on threads that run in a chosen order, sessions that stop them inside `run`, and a record
//! of who did what.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::Duration;

use checks::schedule::{self, NoEnd, Order, Schedule};
use checks::unscheduled::{Mutex, MutexGuard, PoisonError};
use checks::{Failure, Record, Wait};

use super::scenario::Run;
use super::shared::{Shared, known};
use crate::{Backend, Classifier, Logits, RunError};

/// The conversation `n` has the number `FIRST_CONVERSATION + n`; requests without one are numbered from 1.
const FIRST_CONVERSATION: i64 = 500;

/// In quiet, a run fails whose last id is this.
pub const FAILS: i64 = -7;

/// And one panics whose last id is this.
pub const PANICS: i64 = -8;

/// The number that the ids of a text have which several requests send.
pub const COMMON: i64 = 499;

/// A session that is idle serves a request that waits after so long at most.
pub const LONGEST_WAIT: Duration = Duration::from_millis(10);

/// Ids that a row of the table shows at most.
const IDS: usize = 12;

pub type Watching = Classifier<Watched>;

/// What `infer` and `say` return.
pub type Outcome = Result<Logits, RunError>;

/// Whoever measures memory measures the whole process: one stage at a time.
static ONE_STAGE: Mutex<()> = Mutex::new(());

/// The ids of a text tell whose they are: request 2 has 201, 202, ... They come again after 299.
pub fn ids(number: i64, from: usize, count: usize) -> Vec<i64> {
    (from..from + count)
        .map(|id| 100 * number + 1 + (id % 99) as i64)
        .collect()
}

/// Whose id it is; 0 or less of an id that nobody has.
pub fn owner(id: i64) -> i64 {
    id / 100
}

pub fn conversation_number(conversation: usize) -> i64 {
    FIRST_CONVERSATION + conversation as i64
}

pub fn name(number: i64) -> String {
    match number - FIRST_CONVERSATION {
        _ if number == COMMON => "the common text".to_owned(),
        conversation if conversation > 0 => format!("conversation {conversation}"),
        _ => format!("request {number}"),
    }
}

/// What a watched session says: how many ids counted, and which, in order. A model may give logits that are no numbers: this one
/// does for a text with a negative id.
pub fn logits_of(counted: &[i64]) -> Logits {
    let which = counted.iter().fold(7_i64, |sum, id| {
        (31 * sum + id.rem_euclid(1_000_003)) % 65_521
    });
    if counted.contains(&-1) {
        return [f32::NAN, which as f32];
    }
    [counted.len() as f32, which as f32]
}

/// Whether both are the same, also where they are no numbers.
pub fn are_same(some: Logits, others: Logits) -> bool {
    let is_same = |(one, other): (f32, f32)| one == other || one.is_nan() && other.is_nan();
    some.into_iter().zip(others).all(is_same)
}

/// What a run that fails returns.
pub fn error() -> RunError {
    RunError("out of memory".into())
}

/// A session that tells the stage who is inside, and keeps it there while it is held.
pub struct Watched {
    number: usize,
    inner: Arc<Inner>,
}

impl Watched {
    /// A session of a classifier beside the one on the stage: nothing is recorded of it.
    pub fn in_quiet() -> Watched {
        let seen = Seen {
            is_quiet: true,
            ..Seen::default()
        };
        let inner = Inner {
            seen: Mutex::new(seen),
            record: Record::new(),
        };
        Watched {
            number: 1,
            inner: Arc::new(inner),
        }
    }
}

impl Backend for Watched {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Outcome {
        schedule::progress();
        if self.inner.locked().is_quiet {
            let counted = counted(input_ids, attention_mask);
            return match counted.last() {
                Some(&FAILS) => Err(error()),
                Some(&PANICS) => panic_quietly(counted.len()),
                _ => Ok(logits_of(&counted)),
            };
        }
        let before = counted(input_ids, attention_mask);
        let call = self.inner.enter(self.number, &before);
        schedule::step();
        while call.is_some_and(|call| self.inner.locked().calls[call].is_held) {
            schedule::wait(held_key(call.unwrap_or_default()));
        }
        let run = call.map_or(Run::Succeeds, |call| self.inner.locked().calls[call].run);
        // Only now: what a request computes from is what is there when it runs on.
        let outcome = match run {
            Run::Succeeds => compute(input_ids, attention_mask),
            Run::ReturnsAnError | Run::Panics => Err(error()),
        };
        let after = counted(input_ids, attention_mask);
        self.inner
            .leave(self.number, call, &before, after, run, &outcome);
        schedule::progress();
        if run == Run::Panics {
            panic_quietly(before.len());
        }
        outcome
    }
}

/// Without the hook, which would print a message that looks like the check's own. With words or without, as `panic_any` does.
fn panic_quietly(length: usize) -> ! {
    match length % 3 {
        0 => resume_unwind(Box::new("the session panicked")),
        1 => resume_unwind(Box::new("the session panicked".to_owned())),
        _ => resume_unwind(Box::new(length)),
    }
}

fn compute(input_ids: &[i64], attention_mask: &[i64]) -> Outcome {
    if input_ids.len() != attention_mask.len() {
        let (ids, mask) = (input_ids.len(), attention_mask.len());
        return Err(RunError(format!("{ids} ids and a mask of {mask}")));
    }
    Ok(logits_of(&counted(input_ids, attention_mask)))
}

fn counted(input_ids: &[i64], attention_mask: &[i64]) -> Vec<i64> {
    let both = input_ids.iter().zip(attention_mask);
    both.filter(|(_, mask)| **mask != 0)
        .map(|(id, _)| *id)
        .collect()
}

pub struct Stage {
    pub sessions: usize,
    schedule: Schedule,
    inner: Arc<Inner>,
    classifier: Arc<Mutex<Option<Arc<Shared<Watching>>>>>,
    clients: Vec<Client>,
    /// The client that has done nothing for longest comes first.
    idle_longest: Vec<usize>,
}

/// A thread of the server.
struct Client {
    thread: usize,
    task: Arc<Mutex<Task>>,
}

#[derive(Default)]
enum Task {
    #[default]
    Nothing,
    Act(Box<dyn FnOnce() + Send>),
    Acting,
    Leave,
}

struct Inner {
    seen: Mutex<Seen>,
    record: Record,
}

#[derive(Default)]
pub struct Seen {
    /// Nothing is recorded and nobody is held.
    pub is_quiet: bool,
    pub calls: Vec<Call>,
    /// Two who were inside one session at once, the second first; and the session.
    pub overlap: Option<(i64, i64, usize)>,
    /// A request that waited for longer than it may while a session was idle, the session, and for how long.
    pub late: Option<(i64, usize, Duration)>,
    /// Since when not every session is in use; `None` while each is.
    idle_since: Option<Duration>,
    /// The threads go on in turn, so that time passes only when none can.
    is_in_turn: bool,
    sessions: usize,
    /// What was answered from which ids.
    runs: Vec<(Logits, Vec<i64>)>,
}

/// A call of `infer` or `say`.
pub struct Call {
    pub number: i64,
    /// What the answer is to come from: in a conversation, all that was said.
    pub text: Vec<i64>,
    pub run: Run,
    pub is_held: bool,
    /// The session whose `run` it is in.
    pub inside: Option<usize>,
    pub runs: usize,
    /// It found the lock taken that a server must put around `&mut self`.
    pub at_lock: bool,
    pub has_begun: bool,
    /// On the schedule's clock.
    pub began_at: Duration,
    /// When it began another one had begun and not ended.
    pub began_beside_another: bool,
    /// A session has come out of a run since it began.
    pub came_free_meanwhile: bool,
    pub ended: Option<Ended>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    Returned(Outcome),
    Panicked,
}

impl Stage {
    /// Until this is dropped there is no other stage in the process.
    pub fn alone() -> MutexGuard<'static, ()> {
        ONE_STAGE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A classifier on `sessions` sessions. Be alone.
    #[track_caller]
    pub fn new(sessions: usize) -> Stage {
        let inner = Arc::new(Inner {
            seen: Mutex::new(Seen {
                idle_since: Some(Duration::ZERO),
                is_in_turn: true,
                sessions,
                ..Seen::default()
            }),
            record: Record::new(),
        });
        let mut stage = Stage {
            sessions,
            schedule: Schedule::new(Order::InTurn),
            inner: Arc::clone(&inner),
            classifier: Arc::default(),
            clients: Vec::new(),
            idle_longest: Vec::new(),
        };
        let slot = Arc::clone(&stage.classifier);
        // Three, so that a conversation goes on on another thread, although one asks for the count after each message.
        for _ in 0..3 {
            stage.client();
        }
        stage.act(move || {
            let watched = (1..=sessions).map(|number| Watched {
                number,
                inner: Arc::clone(&inner),
            });
            let classifier = Classifier::new(watched.collect());
            let shared = Shared::new(classifier, known!(Watching));
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(shared));
        });
        if let Err(no_end) = stage.run() {
            stage.fail(
                &format!("`new` does not end: {no_end}"),
                "a classifier",
                "nothing has happened yet that it could wait for",
            );
        }
        stage
    }

    fn client(&mut self) -> usize {
        let number = self.clients.len();
        let task = Arc::<Mutex<Task>>::default();
        let mine = Arc::clone(&task);
        let take = move || {
            let mut task = mine.lock().unwrap_or_else(PoisonError::into_inner);
            match std::mem::take(&mut *task) {
                Task::Act(act) => {
                    *task = Task::Acting;
                    Task::Act(act)
                }
                other => other,
            }
        };
        let done = Arc::clone(&task);
        let thread = self.schedule.spawn(&format!("client {number}"), move || {
            loop {
                match take() {
                    Task::Act(act) => {
                        act();
                        *done.lock().unwrap_or_else(PoisonError::into_inner) = Task::Nothing;
                    }
                    Task::Nothing | Task::Acting => schedule::wait(client_key(number)),
                    Task::Leave => return,
                }
            }
        });
        self.clients.push(Client { thread, task });
        self.idle_longest.insert(0, number);
        number
    }

    /// A client does this when the threads run next. Gives its thread.
    pub fn act(&mut self, act: impl FnOnce() + Send + 'static) -> usize {
        let is_idle = |number: &usize| {
            let task = self.clients[*number].task.lock();
            matches!(*task.unwrap_or_else(PoisonError::into_inner), Task::Nothing)
        };
        let idle = self.idle_longest.iter().copied().find(is_idle);
        let number = idle.unwrap_or_else(|| self.client());
        self.idle_longest.retain(|other| *other != number);
        self.idle_longest.push(number);
        let client = &self.clients[number];
        let task = Task::Act(Box::new(act));
        *client.task.lock().unwrap_or_else(PoisonError::into_inner) = task;
        self.schedule.wake(client_key(number));
        client.thread
    }

    /// What a client of a classifier on `sessions` sessions does. Nothing is recorded of it. `None` if it does not come to its end:
    /// other checks tell why.
    pub fn in_quiet<T: Send + 'static>(
        sessions: usize,
        act: impl FnOnce(&Shared<Watching>) -> T + Send + 'static,
    ) -> Option<T> {
        let _alone = Stage::alone();
        let mut stage = Stage::new(sessions);
        stage.seen().is_quiet = true;
        let classifier = stage.classifier();
        let slot = Arc::<Mutex<Option<T>>>::default();
        let mine = Arc::clone(&slot);
        stage.act(move || {
            let given = act(&classifier);
            *mine.lock().unwrap_or_else(PoisonError::into_inner) = Some(given);
        });
        let ran = stage.run();
        let given = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        if ran.is_ok() && given.is_some() {
            stage.close();
        } else {
            // Its thread is left behind, perhaps with a lock that a drop would wait for.
            std::mem::forget(stage);
        }
        given
    }

    /// Lets everybody go on who can.
    pub fn run(&self) -> Result<(), NoEnd> {
        self.schedule.run()
    }

    /// Lets everybody go on who can; whoever polls does it so many times for nothing.
    pub fn run_for(&self, polls: usize) -> Result<(), NoEnd> {
        self.schedule.run_for(polls)
    }

    pub fn set_order(&self, order: Order) {
        self.seen().is_in_turn = order == Order::InTurn;
        self.schedule.set_order(order);
    }

    /// How many steps the thread has taken since the order was set.
    pub fn steps_of(&self, thread: usize) -> usize {
        self.schedule.steps_of(thread)
    }

    pub fn classifier(&self) -> Arc<Shared<Watching>> {
        let slot = self
            .classifier
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(
            slot.as_ref()
                .expect("`new` has put it there, or has failed"),
        )
    }

    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.inner.locked()
    }

    pub fn record(&self) -> &Record {
        &self.inner.record
    }

    /// Someone calls `infer` or `say` with `input_ids`. `call` gets the classifier, and gives what that returns; `end` is told
    /// how it ended. Gives its thread.
    pub fn call(
        &mut self,
        method: &str,
        input_ids: &[i64],
        call: Call,
        ask: impl FnOnce(&Shared<Watching>, &dyn Fn(bool)) -> Outcome + Send + 'static,
    ) -> usize {
        let number = call.number;
        let index = {
            let mut seen = self.inner.locked();
            seen.calls.push(call);
            seen.calls.len() - 1
        };
        let (inner, classifier) = (Arc::clone(&self.inner), self.classifier());
        let does = format!("calls {method} with {}", list(input_ids));
        self.act(move || {
            inner.record.step(name(number), does);
            inner.begin(index);
            CALL.set(Some(index));
            let looks = |is_free: bool| inner.locked().calls[index].at_lock = !is_free;
            let outcome = catch_unwind(AssertUnwindSafe(|| ask(&classifier, &looks)));
            let ended = match outcome {
                Ok(outcome) => Ended::Returned(outcome),
                Err(_) => Ended::Panicked,
            };
            CALL.set(None);
            let does = match &ended {
                Ended::Returned(Ok(_)) => "gets logits".to_owned(),
                Ended::Returned(Err(error)) => format!("gets the error: {error}"),
                Ended::Panicked => "is ended by a panic".to_owned(),
            };
            inner.record.step(name(number), does);
            inner.locked().calls[index].ended = Some(ended);
        })
    }

    /// The call may leave `run`, now or when it comes there.
    pub fn release(&self, call: usize) {
        self.inner.locked().calls[call].is_held = false;
        self.schedule.wake(held_key(call));
    }

    /// From which ids these logits were computed.
    pub fn counted_of(&self, logits: Logits) -> Option<Vec<i64>> {
        let seen = self.inner.locked();
        let run = seen.runs.iter().rev().find(|run| are_same(run.0, logits))?;
        Some(run.1.clone())
    }

    /// Everybody goes home, and the classifier is dropped.
    pub fn close(self) {
        let Stage {
            schedule,
            classifier,
            clients,
            ..
        } = self;
        for (number, client) in clients.iter().enumerate() {
            *client.task.lock().unwrap_or_else(PoisonError::into_inner) = Task::Leave;
            schedule.wake(client_key(number));
        }
        let classifier = classifier
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        // On a thread of the schedule: it may have threads to stop.
        schedule.spawn("the owner", move || drop(classifier));
        schedule.set_order(Order::InTurn);
        // Threads of its own that stay are not promised away.
        let _ = schedule.run();
    }

    /// A failure with the steps so far, and who waits for whom.
    pub fn failure(&self, seen: &str, expected: &str, why: &str) -> Failure {
        let mut trace = self.inner.record.trace();
        let calls = &self.inner.locked().calls;
        let inside: Vec<&Call> = calls.iter().filter(|call| call.inside.is_some()).collect();
        for call in calls.iter().filter(|call| call.waits()) {
            for other in &inside {
                trace.waits.push(Wait {
                    who: name(call.number),
                    whom: name(other.number),
                });
            }
        }
        Failure::new(seen, expected, why).with_trace(trace)
    }

    #[track_caller]
    pub fn fail(&self, seen: &str, expected: &str, why: &str) -> ! {
        self.failure(seen, expected, why).raise()
    }
}

impl Seen {
    fn inside(&self) -> usize {
        let inside = self.calls.iter().filter(|call| call.inside.is_some());
        inside.count()
    }
}

/// The time on the schedule's clock.
fn now() -> Duration {
    schedule::now().unwrap_or_default()
}

impl Call {
    /// It has neither a session nor an end.
    pub fn waits(&self) -> bool {
        self.ended.is_none() && self.inside.is_none()
    }
}

/// Odd, as the address of a lock is not.
fn client_key(client: usize) -> usize {
    4 * client + 1
}

fn held_key(call: usize) -> usize {
    4 * call + 3
}

impl Inner {
    fn locked(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, call: usize) {
        let mut seen = self.locked();
        let is_under_way = |call: &Call| call.has_begun && call.ended.is_none();
        seen.calls[call].began_beside_another = seen.calls.iter().any(is_under_way);
        seen.calls[call].has_begun = true;
        seen.calls[call].began_at = now();
    }

    /// Someone comes into a session with these ids. Gives whose call it is.
    fn enter(&self, session: usize, counted: &[i64]) -> Option<usize> {
        let mut seen = self.locked();
        let call = whose(&seen.calls, counted);
        let who = call.map_or(0, |call| seen.calls[call].number);
        let first = seen.calls.iter().find(|call| call.inside == Some(session));
        if let (Some(first), None) = (first, seen.overlap) {
            seen.overlap = Some((who, first.number, session));
        }
        if let Some(call) = call {
            let since = seen
                .idle_since
                .map(|since| since.max(seen.calls[call].began_at));
            let waited = since.map_or(Duration::ZERO, |since| now().saturating_sub(since));
            if seen.is_in_turn && waited > LONGEST_WAIT {
                seen.late.get_or_insert((who, session, waited));
            }
            seen.calls[call].inside = Some(session);
            seen.calls[call].runs += 1;
            if seen.inside() >= seen.sessions {
                seen.idle_since = None;
            }
        }
        drop(seen);
        let does = format!("runs {}: {}", name(who), list(counted));
        self.record.step(format!("session {session}"), does);
        call
    }

    /// Someone leaves a session, in which it counted these ids when it came and those when it went.
    fn leave(
        &self,
        session: usize,
        call: Option<usize>,
        before: &[i64],
        after: Vec<i64>,
        run: Run,
        outcome: &Outcome,
    ) {
        let mut seen = self.locked();
        let who = call.map_or(0, |call| seen.calls[call].number);
        if let Some(call) = call {
            seen.calls[call].inside = None;
            seen.idle_since.get_or_insert_with(now);
        }
        let waiting = seen.calls.iter_mut();
        let waiting = waiting.filter(|call| call.has_begun && call.waits());
        waiting.for_each(|call| call.came_free_meanwhile = true);
        let does = match (run, outcome) {
            (Run::Panics, _) => "panics".to_owned(),
            (_, Err(error)) => format!("fails: {error}"),
            (_, Ok(_)) if before == after => format!("is done with {}", name(who)),
            (_, Ok(_)) => format!("finds that its input has become {}", list(&after)),
        };
        if let Ok(logits) = outcome {
            seen.runs.push((*logits, after));
        }
        drop(seen);
        self.record.step(format!("session {session}"), does);
    }
}

thread_local! {
    /// The call that this client is in.
    static CALL: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Whose run this is, of those that wait: the one whose text it is, or that this thread is in, or that most of the ids belong to.
fn whose(calls: &[Call], counted: &[i64]) -> Option<usize> {
    let own = |call: &Call| {
        let own = counted.iter().filter(|id| owner(**id) == call.number);
        own.count()
    };
    let waiting = calls.iter().enumerate().filter(|(_, call)| call.waits());
    let best = waiting.max_by_key(|(index, call)| {
        let is_this_text = call.text == counted;
        (
            is_this_text,
            CALL.get() == Some(*index),
            own(call),
            usize::MAX - call.runs,
            usize::MAX - index,
        )
    });
    best.map(|(index, _)| index)
}

pub fn list(ids: &[i64]) -> String {
    if ids.is_empty() {
        return "no ids".into();
    }
    let shown = ids.len().min(IDS);
    let texts: Vec<String> = ids[..shown].iter().map(i64::to_string).collect();
    match ids.len() - shown {
        0 => texts.join(" "),
        more => format!("{} and {more} more", texts.join(" ")),
    }
}

/// Whose ids these are: `3 ids of its own and 2 of request 1`.
pub fn sources(counted: &[i64], number: i64) -> String {
    let count_of = |whose: i64| counted.iter().filter(|id| owner(**id) == whose).count();
    let mut owners: Vec<i64> = counted.iter().map(|id| owner(*id)).collect();
    owners.retain(|owner| (1..100_000).contains(owner) && *owner != number);
    owners.sort_unstable();
    owners.dedup();
    let mut parts = vec![(count_of(number), "of its own".to_owned())];
    parts.extend(
        owners
            .iter()
            .map(|owner| (count_of(*owner), format!("of {}", name(*owner)))),
    );
    let zeros = counted.iter().filter(|id| **id == 0).count();
    parts.push((
        zeros,
        if zeros == 1 {
            "that is 0"
        } else {
            "that are 0"
        }
        .to_owned(),
    ));
    let known: usize = parts.iter().map(|part| part.0).sum();
    parts.push((counted.len() - known, "of no usual size".to_owned()));
    parts.retain(|part| part.0 > 0);
    let texts = parts
        .iter()
        .enumerate()
        .map(|(place, (count, whose))| match (place, count) {
            (0, 1) => format!("1 id {whose}"),
            (0, _) => format!("{count} ids {whose}"),
            _ => format!("{count} {whose}"),
        });
    match texts.collect::<Vec<_>>().join(" and ") {
        nothing if nothing.is_empty() => "no ids".to_owned(),
        some => some,
    }
}
