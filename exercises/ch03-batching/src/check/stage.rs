//! The stage that the checks play on: a paused clock, clients, a model, and a record of who did what.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, ThreadId};
use std::time::Duration;

use checks::{Failure, Record, WaitGuard, try_watch};
use tokio::runtime::{Builder, Handle};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::history::{Batch, Call, Ended, History, Seen, Shutdown};
use super::model::{Part, StagedModel, Then, embedding_of};
use super::promises::{EMPTY, NOBODY_NOTICES, PANIC_IN_INFER, why_not};
use super::woken::WokenBy;
use crate::{Batcher, Config, InferError, InputIds};

/// How long a client waits for its reply, in milliseconds of the paused clock: no real time.
pub const TIMEOUT: u64 = 5000;

/// How much later than its deadline a tokio timer may fire, in milliseconds.
pub const TICK: u64 = 2;

/// Plays a scene on a runtime with one thread and a paused clock, and watches it from another thread:
/// while the runtime's own thread is blocked, no timer of that runtime can fire.
#[track_caller]
pub fn play<F: Future<Output = ()> + 'static>(scene: impl FnOnce(Stage) -> F + Send + 'static) {
    if let Err(failure) = try_play(Box::new(|stage| Box::pin(scene(stage)))) {
        failure.raise();
    }
}

/// What happens on a stage. Of one type for all scenes, as are the parts of all models: a reader waits for the compiler once for
/// each type.
pub type Scene<T> = Box<dyn FnOnce(Stage) -> Pin<Box<dyn Future<Output = T>>> + Send>;

/// Like `play`, but gives what the scene returns, or why it does not end.
pub fn try_play<T: Send + 'static>(scene: Scene<T>) -> Result<T, Box<Failure>> {
    let stage = Stage::default();
    let record = stage.record.clone();
    let (report_handle, handle) = mpsc::channel();
    let history = Arc::clone(&stage.history);
    let actors = move || {
        let (history, parks) = (Arc::clone(&stage.history), Arc::clone(&stage.parks));
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            // The runtime has no threads but those of its blocking pool.
            .on_thread_start(move || left_the_runtime(&history, "the batcher uses spawn_blocking"))
            .on_thread_park(move || {
                parks.fetch_add(1, Ordering::Relaxed);
            })
            .build()
            .expect("a runtime without I/O asks nothing of the system");
        let _ = report_handle.send(runtime.handle().clone());
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                scene(Stage {
                    start: Some((Instant::now(), thread::current().id())),
                    ..stage
                })
                .await
            })
        }));
        // A plain drop would wait for what still runs on the blocking pool.
        runtime.shutdown_background();
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    };
    let outcome = try_watch(&record, actors, || what_holds(handle.recv().ok()))?;
    match locked(&history).left_the_runtime.take() {
        Some(how) => Err(Box::new(elsewhere(&how))),
        None => Ok(outcome),
    }
}

/// The batcher does something on another thread, or by another clock.
pub fn elsewhere(how: &str) -> Failure {
    Failure {
        promise: Some(1),
        ..Failure::new(
            how,
            "a batcher of tasks on the runtime that it was started on, which waits with `.await`",
            "another thread lives by another clock: the checks pause tokio's, so that five seconds take no time",
        )
    }
}

/// Asks a runtime that does not come to its end for a sign of life.
fn what_holds(runtime: Option<Handle>) -> Failure {
    let (report, sign) = mpsc::channel();
    if let Some(runtime) = runtime {
        runtime.spawn(async move { report.send(()) });
    }
    match sign.recv_timeout(Duration::from_secs(1)) {
        Ok(()) => Failure::new(
            "time stands still: tasks run, but the runtime is never idle",
            "a batcher that sleeps until there is something to do",
            "a loop that yields and looks again burns a core; spawn_blocking stops the paused clock",
        ),
        Err(_) => Failure::new(
            "the runtime's only thread is blocked: no task can run and no timer can fire",
            "a batcher that waits with .await, and so lets the clients run",
            "a std channel, block_on, or a std lock held across .await holds the very thread that \
             would end its wait",
        ),
    }
}

fn left_the_runtime(history: &Mutex<History>, how: &str) {
    locked(history)
        .left_the_runtime
        .get_or_insert_with(|| how.to_owned());
}

/// Where a scene plays: the clock, the record of steps, and the history that promises are held to.
#[derive(Clone, Default)]
pub struct Stage {
    /// And the runtime's only thread.
    start: Option<(Instant, ThreadId)>,
    record: Record,
    history: Arc<Mutex<History>>,
    /// How often the runtime had nothing to do.
    parks: Arc<AtomicUsize>,
    /// The promise that a failure is about, where the check tests several.
    promise: Option<usize>,
}

/// No one panics while holding the lock, except in a scene that has failed anyway.
fn locked(history: &Mutex<History>) -> MutexGuard<'_, History> {
    history.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Stage {
    /// The same stage: what fails by it is about the promise of this number.
    #[must_use]
    pub fn of_promise(&self, number: usize) -> Stage {
        Stage {
            promise: Some(number),
            ..self.clone()
        }
    }

    /// Starts a batcher that feeds a model with the given part.
    pub fn batcher(
        &self,
        config: Config,
        part: impl Fn(usize) -> Part + Send + Sync + 'static,
    ) -> Batcher {
        self.history().config = Some(config);
        let stage = self.clone();
        let part = Box::new(part);
        Batcher::start(config, StagedModel { stage, part })
    }

    /// Starts a batcher whose model does with every batch what it is set to, also with one that is tried again.
    pub fn batcher_by_phase(&self, config: Config, takes: u64, then: Then) -> (Batcher, Phase) {
        let phase = Phase(Arc::new(Mutex::new(then)));
        let now = phase.clone();
        let batcher = self.batcher(config, move |_| Part {
            takes,
            then: now.get(),
        });
        (batcher, phase)
    }

    /// Calls `infer` with a text of the client's own.
    pub fn client(&self, number: i64, batcher: &Batcher) -> Client {
        self.client_with(number, vec![number], batcher)
    }

    /// Calls `infer` with `input_ids`.
    pub fn client_with(&self, number: i64, input_ids: InputIds, batcher: &Batcher) -> Client {
        let (stage, batcher) = (self.clone(), batcher.clone());
        let index = self.called(number, &input_ids);
        let call = async move {
            let who = format!("client {number}");
            stage.tell(&who, "calls infer");
            let limit = Duration::from_millis(TIMEOUT);
            let infer = WokenBy::new(batcher.infer(input_ids), stage.thread(), || {
                left_the_runtime(&stage.history, REPLY_FROM_A_THREAD);
            });
            let (seen, does) = match timeout(limit, infer).await {
                Ok(Ok(embedding)) if embedding == embedding_of(number) => {
                    (Seen::ItsReply, "gets its reply".to_owned())
                }
                Ok(Ok(embedding)) => (
                    Seen::AnothersReply,
                    format!("gets {embedding:?}, which is not its reply"),
                ),
                Ok(Err(error)) => {
                    let does = format!("gets an error: {error}");
                    (Seen::Error(error), does)
                }
                Err(_) => (
                    Seen::Nothing,
                    "gives up: it waited for the batcher".to_owned(),
                ),
            };
            stage.tell(&who, does);
            stage.history().calls[index].outcome = Some((stage.now(), seen.clone()));
            (seen, stage.now())
        };
        Client {
            number,
            index,
            called: self.now(),
            stage: self.clone(),
            call: tokio::spawn(call),
        }
    }

    /// Calls `infer` and waits for as long as it takes, for one of a crowd: without steps of its own.
    pub fn patient_client(&self, number: i64, batcher: &Batcher) -> Client {
        let text = vec![number];
        let index = self.called(number, &text);
        let (stage, batcher) = (self.clone(), batcher.clone());
        let call = async move {
            // A crowd takes its time: a step now and then tells the watch that it goes on.
            if number % 100 == 0 {
                stage.tell("crowd", format!("client {number} calls infer"));
            }
            let infer = WokenBy::new(batcher.infer(text), stage.thread(), || {
                left_the_runtime(&stage.history, REPLY_FROM_A_THREAD);
            });
            let seen = match infer.await {
                Ok(embedding) if embedding == embedding_of(number) => Seen::ItsReply,
                Ok(_) => Seen::AnothersReply,
                Err(error) => Seen::Error(error),
            };
            stage.history().calls[index].outcome = Some((stage.now(), seen.clone()));
            (seen, stage.now())
        };
        Client {
            number,
            index,
            called: self.now(),
            stage: self.clone(),
            call: tokio::spawn(call),
        }
    }

    /// Calls `infer`, and leaves it to the caller to look at the reply.
    pub fn call(&self, number: i64, batcher: &Batcher) -> Pin<Box<dyn Future<Output = ()>>> {
        let (text, batcher) = (vec![number], batcher.clone());
        self.called(number, &text);
        self.tell(format!("client {number}"), "calls infer");
        Box::pin(async move { drop(batcher.infer(text).await) })
    }

    /// Returns the number of the call in the history.
    fn called(&self, client: i64, text: &InputIds) -> usize {
        let at = self.now();
        let mut history = self.history();
        history.clients.insert(text.clone(), client);
        history.calls.push(Call {
            client,
            at,
            left: None,
            outcome: None,
        });
        history.calls.len() - 1
    }

    /// How often the runtime slept so far: there was nothing to do.
    pub fn parks(&self) -> usize {
        self.parks.load(Ordering::Relaxed)
    }

    /// How many clients were told `Overloaded` so far.
    pub fn refused(&self) -> usize {
        let history = self.history();
        let outcomes = history
            .calls
            .iter()
            .filter_map(|call| call.outcome.as_ref());
        let refused = |outcome: &&(u64, Seen)| outcome.1 == Seen::Error(InferError::Overloaded);
        outcomes.filter(refused).count()
    }

    /// Fails the check unless the model was given batches of these sizes so far.
    #[track_caller]
    pub fn expect_batches(&self, sizes: &[usize], expected: &str, why: &str) {
        let seen = self.batches();
        if seen.contains(&0) {
            self.of_promise(2)
                .fail("the model got an empty batch", "one text at least", EMPTY);
        }
        if seen != sizes {
            let shown: Vec<String> = seen.iter().take(8).map(usize::to_string).collect();
            let seen = match seen.len() {
                0 => "the model was given no batch".to_owned(),
                1 => format!("the model was given a batch of {}", shown[0]),
                count => format!(
                    "the model was given {count} batches, of {}",
                    shown.join(", ")
                ),
            };
            self.fail(&seen, expected, why);
        }
    }

    /// Calls `shutdown`.
    pub fn shutdown(&self, batcher: &Batcher) -> ShuttingDown {
        let index = {
            let mut history = self.history();
            history.shutdowns.push(Shutdown {
                at: self.now(),
                returned: None,
                given_up: false,
            });
            history.shutdowns.len() - 1
        };
        let (stage, batcher) = (self.clone(), batcher.clone());
        let call = tokio::spawn(async move {
            let who = name_of_shutdown(index);
            stage.tell(&who, "is called");
            let end = timeout(Duration::from_millis(TIMEOUT), batcher.shutdown()).await;
            if end.is_ok() {
                stage.tell(&who, "returns: all are answered, and the service may exit");
                stage.history().shutdowns[index].returned = Some(stage.now());
            }
        });
        ShuttingDown {
            index,
            stage: self.clone(),
            call,
        }
    }

    /// Milliseconds since the scene began.
    pub fn now(&self) -> u64 {
        let (start, _) = self.start.expect("a scene has begun");
        u64::try_from(start.elapsed().as_millis()).expect("a scene ends within an age")
    }

    /// The runtime's only thread.
    pub fn thread(&self) -> ThreadId {
        self.start.expect("a scene has begun").1
    }

    /// Lets everybody act until `at`.
    pub async fn until(&self, at: u64) {
        let (start, _) = self.start.expect("a scene has begun");
        sleep_until(start + Duration::from_millis(at)).await;
    }

    pub fn tell(&self, who: impl Into<String>, does: impl Into<String>) {
        self.record.step_at(format!("{} ms", self.now()), who, does);
    }

    /// What is seen so far.
    pub fn history(&self) -> MutexGuard<'_, History> {
        locked(&self.history)
    }

    /// The sizes of the batches that the model was given so far.
    pub fn batches(&self) -> Vec<usize> {
        let history = self.history();
        history
            .batches
            .iter()
            .map(|batch| batch.clients.len())
            .collect()
    }

    /// A batch comes to the model; it is there until the visit is dropped, by a panic if need be.
    pub fn visit(&self, batch: Vec<InputIds>) -> Visit {
        if thread::current().id() != self.thread() {
            left_the_runtime(&self.history, "the model is called on another thread");
        }
        self.tell("model", format!("gets a batch of {}", batch.len()));
        let start = self.now();
        let mut history = self.history();
        let number = history.batches.len();
        let (mut clients, mut foreign_texts) = (Vec::new(), Vec::new());
        for text in batch {
            match history.clients.get(&text) {
                Some(client) => clients.push(*client),
                None => foreign_texts.push(text),
            }
        }
        history.batches.push(Batch {
            clients: clients.clone(),
            foreign_texts,
            start,
            end: None,
        });
        drop(history);
        Visit {
            stage: self.clone(),
            clients,
            number,
        }
    }

    /// `who` waits for `whom` until what is returned is dropped.
    pub fn wait(&self, who: &str, whom: &str) -> WaitGuard {
        self.record.wait(who, whom)
    }

    /// What the check fails with: what was seen, what was expected, why it matters; and who did what.
    pub fn failure(&self, seen: &str, expected: &str, why: &str) -> Failure {
        Failure {
            promise: self.promise,
            ..self.record.failure(seen, expected, why)
        }
    }

    /// Fails the check.
    #[track_caller]
    pub fn fail(&self, seen: &str, expected: &str, why: &str) -> ! {
        self.failure(seen, expected, why).raise()
    }

    /// `expect_reply` of each: first of those that got none, for the others may be late because of them.
    #[track_caller]
    pub fn expect_replies(&self, outcomes: &[Outcome], within: u64, why: &str) {
        let (late, none): (Vec<_>, Vec<_>) = outcomes
            .iter()
            .partition(|outcome| outcome.seen == Seen::ItsReply);
        for outcome in none.into_iter().chain(late) {
            self.expect_reply(outcome, within, why);
        }
    }

    /// Fails the check unless the client got its own reply within `within` milliseconds of its call. `why` says why a late one
    /// matters.
    #[track_caller]
    pub fn expect_reply(&self, outcome: &Outcome, within: u64, why: &str) {
        let Outcome {
            number, called, at, ..
        } = *outcome;
        let (seen, why) = match &outcome.seen {
            Seen::ItsReply if at <= called + within + TICK => return,
            Seen::ItsReply => {
                let waited = at - called;
                let seen = format!("client {number} waited {waited} ms for its reply");
                (seen, why)
            }
            Seen::AnothersReply => {
                let seen = format!("client {number} got a reply that is not its own");
                (seen, NOBODY_NOTICES)
            }
            Seen::Error(error) => {
                let seen = format!("client {number} got the error {error:?}");
                (seen, why_not(error))
            }
            Seen::Panic => {
                let seen = format!("client {number} was ended by a panic inside infer");
                (seen, PANIC_IN_INFER)
            }
            Seen::Nothing => {
                self.tell_why_nothing(number);
                (format!("client {number} got no reply in {TIMEOUT} ms"), why)
            }
        };
        let expected = format!("its own reply within {within} ms");
        self.fail(&seen, &expected, why);
    }

    pub fn tell_why_nothing(&self, number: i64) {
        let reason = self.history().why_nothing(number);
        self.tell("batcher", reason);
    }

    /// Fails the check if the client was neither answered nor refused.
    #[track_caller]
    pub fn expect_no_deadlock(&self, outcome: &Outcome, why: &str) {
        if matches!(outcome.seen, Seen::Nothing) {
            let waits = self.record.trace().waits_in_words();
            let number = outcome.number;
            let mut seen = format!("client {number} heard nothing in {TIMEOUT} ms");
            if !waits.is_empty() {
                seen = format!("{seen}: {waits}");
            }
            self.fail(&seen, "a reply or an error", why);
        }
    }

    /// Fails the check unless the client was told that the model failed.
    #[track_caller]
    pub fn expect_model_failed(&self, outcome: &Outcome, why: &str) {
        let number = outcome.number;
        let seen = match &outcome.seen {
            Seen::Error(InferError::ModelFailed(_)) => return,
            Seen::Error(error) => format!("client {number} got the error {error:?}"),
            Seen::ItsReply | Seen::AnothersReply => {
                format!("client {number} got a reply of a model that failed")
            }
            Seen::Panic => format!("client {number} was ended by a panic inside infer"),
            Seen::Nothing => {
                self.tell_why_nothing(number);
                format!("client {number} was told nothing for {TIMEOUT} ms")
            }
        };
        self.fail(&seen, "Err(ModelFailed(..))", why);
    }
}

/// What a model does from now on.
#[derive(Clone)]
pub struct Phase(Arc<Mutex<Then>>);

impl Phase {
    pub fn set(&self, then: Then) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = then;
    }

    fn get(&self) -> Then {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A batch's time at the model.
pub struct Visit {
    stage: Stage,
    pub clients: Vec<i64>,
    /// Which batch of the scene this is, from 0.
    pub number: usize,
}

impl Visit {
    /// The model is done with the batch.
    pub fn ends(&mut self, how: Ended) {
        let now = self.stage.now();
        self.stage.history().batches[self.number].end = Some((now, how));
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        let now = self.stage.now();
        let end = &mut self.stage.history().batches[self.number].end;
        end.get_or_insert((now, Ended::Dropped));
    }
}

/// A client that has called `infer`.
pub struct Client {
    number: i64,
    index: usize,
    called: u64,
    stage: Stage,
    call: JoinHandle<(Seen, u64)>,
}

const REPLY_FROM_A_THREAD: &str = "a reply comes from another thread";

/// What became of the clients' calls.
pub async fn outcomes(clients: impl IntoIterator<Item = Client>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for client in clients {
        outcomes.push(client.outcome().await);
    }
    outcomes
}

/// What became of a client's call.
pub struct Outcome {
    pub number: i64,
    /// When it called, in milliseconds since the scene began.
    pub called: u64,
    /// When it saw the outcome.
    pub at: u64,
    pub seen: Seen,
}

impl Client {
    /// Waits for what becomes of the call, `TIMEOUT` at most.
    pub async fn outcome(self) -> Outcome {
        let (seen, at) = match self.call.await {
            Ok(outcome) => outcome,
            Err(_) => {
                let now = self.stage.now();
                let mut history = self.stage.history();
                history.calls[self.index].outcome = Some((now, Seen::Panic));
                (Seen::Panic, now)
            }
        };
        Outcome {
            number: self.number,
            called: self.called,
            at,
            seen,
        }
    }

    /// Goes away: the future of `infer` is dropped where it waits.
    pub async fn leave(self) {
        self.call.abort();
        if self.call.await.is_err() {
            let who = format!("client {}", self.number);
            self.stage.tell(who, "goes away");
            let now = self.stage.now();
            self.stage.history().calls[self.index].left = Some(now);
        }
    }
}

/// `shutdown 1` of the first one.
pub fn name_of_shutdown(index: usize) -> String {
    format!("shutdown {}", index + 1)
}

/// A shutdown that was called.
pub struct ShuttingDown {
    index: usize,
    stage: Stage,
    call: JoinHandle<()>,
}

impl ShuttingDown {
    /// Waits for its end, `TIMEOUT` at most.
    pub async fn end(self) -> Option<u64> {
        let _ = self.call.await;
        self.stage.history().shutdowns[self.index].returned
    }

    /// Drops the future of `shutdown` where it waits.
    pub async fn give_up(self) {
        self.call.abort();
        if self.call.await.is_err() {
            self.stage.tell(name_of_shutdown(self.index), "is given up");
            self.stage.history().shutdowns[self.index].given_up = true;
        }
    }
}
