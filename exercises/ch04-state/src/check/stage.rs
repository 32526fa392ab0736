//! The stage that the checks play on: requests on threads of their own, sessions that can be watched and
//! stopped inside `run`, and a record of who did what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{
    Arc, Barrier, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, mpsc,
};
use std::thread;
use std::time::Duration;

use super::shared::{Known, Method, Shared, known};
use crate::{Backend, Classifier, Conversation, Logits, RunError};

/// How long a check waits for something that does not come: each part needs this thread to be
/// scheduled, so that a machine that stands still for a while is not taken for a lock.
const PATIENCE: usize = 200;
const PART: Duration = Duration::from_millis(10);

/// Rows of the record that a message shows at most.
const ROWS: usize = 16;

/// The conversation `n` has the number `FIRST_CONVERSATION + n`.
const FIRST_CONVERSATION: i64 = 10;

pub type Watching = Classifier<Watched>;

/// Held by each scene; alone by one that measures the whole process.
static MEASURED: RwLock<()> = RwLock::new(());

/// `count` ids that tell whose they are: request 2 has 201, 202, ...
pub fn ids(number: i64, count: i64) -> Vec<i64> {
    (1..=count).map(|id| 100 * number + id).collect()
}

/// Whose id it is.
fn owner(id: i64) -> i64 {
    id / 100
}

pub fn name(number: i64) -> String {
    match number - FIRST_CONVERSATION {
        conversation if conversation > 0 => format!("conversation {conversation}"),
        _ => format!("request {number}"),
    }
}

/// What a watched session says: how many ids counted, and which, in order.
fn logits_of(counted: &[i64]) -> Logits {
    let which = counted.iter().fold(7, |sum, id| (31 * sum + id) % 65_521);
    [counted.len() as f32, which as f32]
}

/// A session that tells the stage who is inside, and stays inside while it is told to.
pub struct Watched {
    number: usize,
    stage: Arc<Inner>,
}

impl Backend for Watched {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        if self.stage.quiet.load(Ordering::Relaxed) {
            return compute(input_ids, attention_mask);
        }
        let before = counted(input_ids, attention_mask);
        let (number, fails) = self.stage.enter(self.number, &before);
        // Only now: what a request computes from is what is there when it runs on.
        let outcome = if fails {
            Err(RunError("out of memory".into()))
        } else {
            compute(input_ids, attention_mask)
        };
        let after = counted(input_ids, attention_mask);
        self.stage
            .leave((number, self.number), &before, after, &outcome);
        outcome
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

/// Where a scene plays.
pub struct Stage {
    inner: Arc<Inner>,
    classifier: Arc<Shared<Watching>>,
    sessions: usize,
    _with_others: Option<RwLockReadGuard<'static, ()>>,
}

struct Inner {
    record: Mutex<Record>,
    changed: Condvar,
    /// Nothing is recorded and nobody is stopped.
    quiet: AtomicBool,
}

#[derive(Default)]
struct Record {
    rows: Vec<(String, String)>,
    /// Who is inside `run`, and in which session.
    inside: Vec<(i64, usize)>,
    /// Who stays inside `run` until released.
    held: BTreeSet<i64>,
    /// Whose next run fails.
    failing: BTreeSet<i64>,
    /// Who found the lock taken that a server has to put around the classifier.
    at_lock: BTreeSet<i64>,
    /// Whose call has ended, and how.
    ended: BTreeMap<i64, String>,
    /// What was answered from which ids.
    runs: Vec<(Logits, Vec<i64>)>,
}

/// What `infer` and `say` return.
pub type Outcome = Result<Logits, RunError>;

/// Becomes what a call gives back; nothing, if it is ended by a panic.
pub struct Call<T> {
    number: i64,
    /// What the answer is to come from: in a conversation, all that was said.
    text: Vec<i64>,
    outcome: mpsc::Receiver<(Outcome, T)>,
}

/// A conversation, and what was said in it.
pub struct Talk {
    number: i64,
    said: Vec<i64>,
    conversation: Claimed<Conversation>,
}

/// A value that goes from thread to thread.
struct Claimed<T>(T);

// SAFETY: only a conversation that is `Send` is put in, which `Stage::start` makes sure of.
unsafe impl<T> Send for Claimed<T> {}

impl Stage {
    /// A classifier on `sessions` sessions. A check has one stage at a time: if it held one and asked for another while
    /// `measured` waits, each would wait for the other.
    #[track_caller]
    pub fn new(sessions: usize) -> Stage {
        let guard = MEASURED.read().unwrap_or_else(PoisonError::into_inner);
        Stage {
            _with_others: Some(guard),
            ..Stage::alone(sessions)
        }
    }

    #[track_caller]
    fn alone(sessions: usize) -> Stage {
        let inner = Arc::new(Inner {
            record: Mutex::default(),
            changed: Condvar::new(),
            quiet: AtomicBool::new(false),
        });
        let watched = (1..=sessions).map(|number| Watched {
            number,
            stage: Arc::clone(&inner),
        });
        let classifier = Classifier::new(watched.collect());
        Stage {
            inner,
            classifier: Arc::new(Shared::new(classifier, known!(Watching))),
            sessions,
            _with_others: None,
        }
    }

    /// Plays a scene that measures the whole process, while no other scene is on.
    pub fn measured<R>(scene: impl FnOnce(&Shared<Watching>) -> R) -> R {
        let _alone = MEASURED.write().unwrap_or_else(PoisonError::into_inner);
        let stage = Stage::alone(1);
        stage.inner.quiet.store(true, Ordering::Relaxed);
        scene(&stage.classifier)
    }

    /// Request `number` calls `infer`.
    pub fn infer(&self, number: i64, input_ids: Vec<i64>) -> Call<()> {
        let classifier = Arc::clone(&self.classifier);
        let text = input_ids.clone();
        self.call(number, "infer", &text.clone(), text, move |inner| {
            let method = Watching::infer;
            inner.look_at_lock(number, method.may_enter(&classifier));
            (method.call(&classifier, (&input_ids[..],)), ())
        })
    }

    /// Conversation `n` starts.
    #[track_caller]
    pub fn start(&self, n: i64) -> Talk {
        let Known { send, .. } = known!(Conversation);
        assert!(
            send,
            "Conversation is not Send\n\
             expected: one that the next message can find on another thread\n\
             a server answers each message on whichever thread is free"
        );
        let number = FIRST_CONVERSATION + n;
        let classifier = Arc::clone(&self.classifier);
        let conversation = Watching::start.call(&classifier, ());
        self.inner.tell(name(number), "starts");
        Talk {
            number,
            said: Vec::new(),
            conversation: Claimed(conversation),
        }
    }

    /// Someone says `input_ids` in a conversation, on a thread of its own.
    pub fn say(&self, talk: Talk, input_ids: Vec<i64>) -> Call<Talk> {
        let classifier = Arc::clone(&self.classifier);
        let number = talk.number;
        let text = [&talk.said[..], &input_ids].concat();
        self.call(number, "say", &input_ids.clone(), text, move |inner| {
            let mut talk = talk;
            let method = Watching::say;
            inner.look_at_lock(number, method.may_enter(&classifier));
            let Claimed(conversation) = &mut talk.conversation;
            let seen = method.call(&classifier, (conversation, &input_ids[..]));
            if seen.is_ok() {
                talk.said.extend(input_ids);
            }
            (seen, talk)
        })
    }

    fn call<T: Send + 'static>(
        &self,
        number: i64,
        method: &str,
        input_ids: &[i64],
        text: Vec<i64>,
        call: impl FnOnce(&Inner) -> (Outcome, T) + Send + 'static,
    ) -> Call<T> {
        let inner = Arc::clone(&self.inner);
        let (report, outcome) = mpsc::channel();
        let does = format!("calls {method} with {}", list(input_ids));
        inner.tell(name(number), does);
        inner.locked().ended.remove(&number);
        let caller = move || {
            let called = catch_unwind(AssertUnwindSafe(|| call(&inner)));
            let does = match &called {
                Ok((Ok(_), _)) => "gets logits".to_owned(),
                Ok((Err(error), _)) => format!("gets the error: {error}"),
                Err(_) => "is ended by a panic".to_owned(),
            };
            inner.tell(name(number), does.clone());
            let mut record = inner.locked();
            record.at_lock.remove(&number);
            record.ended.insert(number, does);
            drop(record);
            inner.changed.notify_all();
            if let Ok(outcome) = called {
                let _ = report.send(outcome);
            }
        };
        thread::Builder::new()
            .name(name(number))
            .spawn(caller)
            .expect("the system has room for one more thread");
        Call {
            number,
            text,
            outcome,
        }
    }

    /// From now on `number` stays inside `run`.
    pub fn hold(&self, number: i64) {
        self.inner.locked().held.insert(number);
    }

    /// `number` may leave `run`.
    pub fn release(&self, number: i64) {
        self.inner.locked().held.remove(&number);
        self.inner.changed.notify_all();
    }

    /// The next run of `number` fails.
    pub fn fail_next(&self, number: i64) {
        self.inner.locked().failing.insert(number);
    }

    /// Whether `number` comes to be inside `run`: no, if it waits for someone who is held there.
    pub fn gets_inside(&self, number: i64) -> bool {
        let inside = |record: &Record| record.inside.iter().any(|(who, _)| *who == number);
        let given_up =
            |record: &Record| record.ended.contains_key(&number) || record.waits_at_lock(number);
        let record = self.inner.wait(|record| inside(record) || given_up(record));
        inside(&record)
    }

    /// Gives a request that was called the time to come to where it waits. A right answer passes however
    /// short this is; of the wrong ones it finds those that a waiting request is needed for.
    pub fn settle(&self) {
        thread::sleep(3 * PART);
    }

    /// Whether `number` has its answer.
    pub fn has_ended(&self, number: i64) -> bool {
        self.inner.locked().ended.contains_key(&number)
    }

    /// How many requests were served.
    pub fn served(&self) -> u64 {
        Watching::served.call(&self.classifier, ())
    }

    /// Two threads call `infer` many times each, as fast as they can. Gives the first answer that was wrong.
    pub fn hammer(&self, times: u64) -> Option<String> {
        self.inner.quiet.store(true, Ordering::Relaxed);
        let start = Arc::new(Barrier::new(2));
        let wrong = [1, 2].map(|number| {
            let (classifier, start) = (Arc::clone(&self.classifier), Arc::clone(&start));
            let (report, end) = mpsc::channel();
            thread::spawn(move || {
                let text = ids(number, 4);
                start.wait();
                let wrong = (0..times).find_map(|_| {
                    let seen = Watching::infer.call(&classifier, (&text[..],));
                    (seen != Ok(logits_of(&text))).then(|| format!("{} got {seen:?}", name(number)))
                });
                let _ = report.send(wrong);
            });
            end
        });
        let patience = PART * PATIENCE as u32 * 5;
        let wrong = wrong.map(|end| match end.recv_timeout(patience) {
            Ok(wrong) => wrong,
            Err(_) => Some("a request was not answered at all".to_owned()),
        });
        self.inner.quiet.store(false, Ordering::Relaxed);
        wrong.into_iter().flatten().next()
    }

    /// What becomes of a call. Fails the check if it does not end.
    #[track_caller]
    pub fn outcome<T>(&self, call: Call<T>, expected: &str, why: &str) -> (Outcome, T) {
        let Call {
            number, outcome, ..
        } = call;
        let ended = |record: &Record| record.ended.contains_key(&number);
        let record = self
            .inner
            .wait(|record| ended(record) || record.waits_at_lock(number));
        if !ended(&record) {
            drop(record);
            self.fail_waits(number, expected, why);
        }
        drop(record);
        match outcome.recv() {
            Ok(outcome) => outcome,
            Err(_) => {
                let seen = format!("{} was ended by a panic", name(number));
                self.fail(&seen, expected, why)
            }
        }
    }

    /// Fails the check unless the call is answered from its text and nothing else.
    #[track_caller]
    pub fn expect_answer<T>(&self, call: Call<T>, why: &str) -> T {
        let (number, expected) = (call.number, logits_of(&call.text));
        let wanted = format!("an answer from {}", sources(&call.text, number));
        let (outcome, rest) = self.outcome(call, &wanted, why);
        let who = name(number);
        let seen = match outcome {
            Ok(logits) if logits == expected => return rest,
            Ok(logits) => {
                let record = self.inner.locked();
                match record.runs.iter().rev().find(|run| run.0 == logits) {
                    Some((_, counted)) => {
                        format!("{who} was answered from {}", sources(counted, number))
                    }
                    None => format!("{who} got {logits:?}, which no session computed"),
                }
            }
            Err(error) => format!("{who} got an error: {error}"),
        };
        self.fail(&seen, &wanted, why)
    }

    /// Fails the check unless the call is told that its run failed.
    #[track_caller]
    pub fn expect_error<T>(&self, call: Call<T>, why: &str) -> T {
        let who = name(call.number);
        match self.outcome(call, "the session's error", why) {
            (Err(_), rest) => rest,
            (Ok(logits), _) => {
                let seen = format!("the run of {who} failed, and it got {logits:?}");
                self.fail(&seen, "the session's error", why)
            }
        }
    }

    /// Says it, expects an answer from all that was said so far, and gives the conversation back.
    #[track_caller]
    pub fn goes_on(&self, talk: Talk, input_ids: Vec<i64>, why: &str) -> Talk {
        self.expect_answer(self.say(talk, input_ids), why)
    }

    /// Fails the check: what was seen, what was expected, why it matters; and who did what.
    #[track_caller]
    pub fn fail(&self, seen: &str, expected: &str, why: &str) -> ! {
        let mut record = self.inner.locked();
        let table = record.table();
        // Whoever is still inside may go.
        record.held.clear();
        drop(record);
        self.inner.changed.notify_all();
        panic!("{seen}\nexpected: {expected}\n{why}\n\n{table}");
    }

    /// Fails the check for a request that waits: for whom, as far as it can be told from outside.
    #[track_caller]
    pub fn fail_waits(&self, number: i64, expected: &str, why: &str) -> ! {
        let mut record = self.inner.locked();
        let who = name(number);
        let idle = self.sessions - record.inside.len().min(self.sessions);
        let whom: Vec<String> = record.inside.iter().map(|(who, _)| name(*who)).collect();
        let (sessions, whom) = (self.sessions, whom.join(" and "));
        let seen = match (whom.is_empty(), idle) {
            (true, _) => format!("{who} waits, and nobody is inside a session"),
            (false, 0) => format!("{who} waits for {whom}"),
            (false, _) => {
                format!("{who} waits for {whom}, while {idle} of {sessions} sessions is idle")
            }
        };
        let seen = match record.ended.get(&number) {
            Some(how) => format!("{who} {how}, while {whom} is inside `run`"),
            None => seen,
        };
        if !record.ended.contains_key(&number) {
            let does = if record.at_lock.contains(&number) {
                "waits for the lock that the server must put around `&mut self`"
            } else {
                "waits inside the classifier"
            };
            record.rows.push((who, does.to_owned()));
        }
        drop(record);
        self.fail(&seen, expected, why)
    }
}

impl Inner {
    /// No one panics while holding the record.
    fn locked(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, who: String, does: impl Into<String>) {
        if !self.quiet.load(Ordering::Relaxed) {
            self.locked().rows.push((who, does.into()));
        }
    }

    /// Waits until `done`, or until patience is at its end.
    fn wait(&self, done: impl Fn(&Record) -> bool) -> MutexGuard<'_, Record> {
        let mut record = self.locked();
        for _ in 0..PATIENCE {
            if done(&record) {
                break;
            }
            record = self
                .changed
                .wait_timeout(record, PART)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        record
    }

    fn look_at_lock(&self, number: i64, is_free: bool) {
        if !is_free {
            self.locked().at_lock.insert(number);
            self.changed.notify_all();
        }
    }

    /// Someone comes into a session, and stays while it is held. Returns who, and whether its run fails.
    fn enter(&self, session: usize, counted: &[i64]) -> (i64, bool) {
        let mut record = self.locked();
        let number = counted.first().map_or(0, |id| owner(*id));
        record.at_lock.remove(&number);
        record.inside.push((number, session));
        let does = format!("runs {}: {}", name(number), list(counted));
        record.rows.push((format!("session {session}"), does));
        self.changed.notify_all();
        while record.held.contains(&number) {
            record = self
                .changed
                .wait(record)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let fails = record.failing.remove(&number);
        (number, fails)
    }

    /// Someone leaves a session, in which it counted these ids when it came and those when it went.
    fn leave(&self, who: (i64, usize), before: &[i64], after: Vec<i64>, outcome: &Outcome) {
        let (number, session) = who;
        let mut record = self.locked();
        record.inside.retain(|inside| *inside != who);
        let does = match outcome {
            Err(error) => format!("fails: {error}"),
            Ok(_) if before == after => format!("is done with {}", name(number)),
            Ok(_) => format!("finds that its input has become {}", list(&after)),
        };
        record.rows.push((format!("session {session}"), does));
        if let Ok(logits) = outcome {
            record.runs.push((*logits, after));
        }
        drop(record);
        self.changed.notify_all();
    }
}

impl Record {
    /// Whether `number` waits for the lock that someone has who stays inside `run`.
    fn waits_at_lock(&self, number: i64) -> bool {
        self.at_lock.contains(&number) && self.inside.iter().any(|(who, _)| self.held.contains(who))
    }

    fn table(&self) -> String {
        let width = self.rows.iter().map(|(who, _)| who.len()).max();
        let width = width.unwrap_or(3);
        let left_out = self.rows.len().saturating_sub(ROWS);
        let mut table = String::new();
        if left_out > 0 {
            let _ = writeln!(table, "(without the first {left_out} steps)");
        }
        let _ = write!(table, "step  {:width$}  does", "who");
        for (step, (who, does)) in (1..).zip(&self.rows).skip(left_out) {
            let _ = write!(table, "\n{step:<4}  {who:width$}  {does}");
        }
        table
    }
}

fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(" ")
}

/// Whose ids these are: `3 ids of its own and 2 of request 1`.
fn sources(counted: &[i64], number: i64) -> String {
    let own = counted.iter().filter(|id| owner(**id) == number).count();
    let others: BTreeSet<i64> = counted.iter().map(|id| owner(*id)).collect();
    let mut text = format!("{own} ids of its own");
    for other in others.into_iter().filter(|other| *other != number) {
        let count = counted.iter().filter(|id| owner(**id) == other).count();
        let whose = if other == 0 {
            "padding".to_owned()
        } else {
            name(other)
        };
        let _ = write!(text, " and {count} of {whose}");
    }
    text
}
