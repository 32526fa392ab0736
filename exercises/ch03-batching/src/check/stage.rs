//! The stage that the checks play on: a paused clock, clients, a model, and a record of who did what.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard, mpsc};
use std::time::Duration;

use checks::{Failure, Record, WaitGuard, watch};
use tokio::runtime::{Builder, Handle};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::model::{Part, StagedModel, embedding_of};
use crate::{Batcher, Config, InferError, InputIds};

/// How long a client waits for its reply, in milliseconds of the paused clock: no real time.
pub const PATIENCE: u64 = 5000;

/// How much later than its deadline a tokio timer may fire, in milliseconds.
const TICK: u64 = 2;

/// Plays a scene on a runtime with one thread and a paused clock, and watches it from another thread:
/// while the runtime's own thread is blocked, no timer of that runtime can fire.
#[track_caller]
pub fn play<F: Future<Output = ()>>(scene: impl FnOnce(Stage) -> F + Send + 'static) {
    let record = Record::new();
    let kept = record.clone();
    let (report_handle, handle) = mpsc::channel();
    let actors = move || {
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime without I/O asks nothing of the system");
        let _ = report_handle.send(runtime.handle().clone());
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(async {
                let stage = Stage {
                    start: Instant::now(),
                    record: kept,
                    texts: Arc::default(),
                };
                scene(stage).await;
            });
        }));
        // A plain drop would wait for what still runs on the blocking pool.
        runtime.shutdown_background();
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    };
    watch(&record, actors, || what_holds(handle.recv().ok()));
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

/// Where a scene plays: the clock, the record of steps, and where the texts are.
#[derive(Clone)]
pub struct Stage {
    start: Instant,
    record: Record,
    texts: Arc<Mutex<Texts>>,
}

/// Where each text is, as far as it is seen from outside the batcher.
#[derive(Default)]
struct Texts {
    max_batch: usize,
    /// Where the text of each client is that has called and has seen no outcome yet.
    of_clients: BTreeMap<i64, Text>,
    /// The size of each batch that the model was given.
    batches: Vec<usize>,
    at_model: usize,
    most_at_model: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    InBatcher,
    AtModel,
    Returned,
}

/// No one panics while holding the lock, except in a scene that has failed anyway.
fn locked(texts: &Mutex<Texts>) -> MutexGuard<'_, Texts> {
    texts
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl Stage {
    /// Starts a batcher that feeds a model with the given part.
    pub fn batcher(&self, config: Config, part: fn(usize) -> Part) -> Batcher {
        locked(&self.texts).max_batch = config.max_batch;
        let stage = self.clone();
        Batcher::start(config, StagedModel { stage, part })
    }

    /// Calls `infer` with a text of the client's own.
    pub fn client(&self, number: i64, batcher: &Batcher) -> Client {
        self.client_with(number, vec![number], batcher)
    }

    /// Calls `infer` with `input_ids`, the first of which is the client's number.
    pub fn client_with(&self, number: i64, input_ids: InputIds, batcher: &Batcher) -> Client {
        let (stage, batcher) = (self.clone(), batcher.clone());
        let call = async move {
            let who = format!("client {number}");
            stage.tell(&who, "calls infer");
            locked(&stage.texts)
                .of_clients
                .insert(number, Text::InBatcher);
            let patience = Duration::from_millis(PATIENCE);
            let (seen, does) = match timeout(patience, batcher.infer(input_ids)).await {
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
            if !matches!(seen, Seen::Nothing) {
                locked(&stage.texts).of_clients.remove(&number);
            }
            (seen, stage.now())
        };
        Client {
            number,
            called: self.now(),
            stage: self.clone(),
            call: tokio::spawn(call),
        }
    }

    /// Milliseconds since the scene began.
    pub fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).expect("a scene ends within an age")
    }

    /// Lets everybody act until `at`.
    pub async fn until(&self, at: u64) {
        sleep_until(self.start + Duration::from_millis(at)).await;
    }

    pub fn tell(&self, who: impl Into<String>, does: impl Into<String>) {
        self.record.step_at(format!("{} ms", self.now()), who, does);
    }

    /// The sizes of the batches that the model was given so far.
    pub fn batches(&self) -> Vec<usize> {
        locked(&self.texts).batches.clone()
    }

    /// The most texts that were at the model at one time.
    pub fn most_at_model(&self) -> usize {
        locked(&self.texts).most_at_model
    }

    /// A batch comes to the model; it is there until the visit is dropped, by a panic if need be.
    pub fn visit(&self, clients: &[i64]) -> Visit {
        self.tell("model", format!("gets a batch of {}", clients.len()));
        let clients = clients.to_vec();
        let mut record = locked(&self.texts);
        let number = record.batches.len();
        record.batches.push(clients.len());
        record.at_model += clients.len();
        record.most_at_model = record.most_at_model.max(record.at_model);
        record.move_texts(&clients, Text::AtModel);
        drop(record);
        let stage = self.clone();
        Visit {
            stage,
            clients,
            number,
        }
    }

    /// `who` waits for `whom` until what is returned is dropped.
    pub fn wait(&self, who: &str, whom: &str) -> WaitGuard {
        self.record.wait(who, whom)
    }

    /// Fails the check: what was seen, what was expected, why it matters; and who did what.
    #[track_caller]
    pub fn fail(&self, seen: &str, expected: &str, why: &str) -> ! {
        self.record.fail(seen, expected, why)
    }

    /// `expect_reply` of each.
    #[track_caller]
    pub fn expect_replies(&self, outcomes: &[Outcome], within: u64, why: &str) {
        for outcome in outcomes {
            self.expect_reply(outcome, within, why);
        }
    }

    /// Fails the check unless the client got its own reply within `within` milliseconds of its call.
    #[track_caller]
    pub fn expect_reply(&self, outcome: &Outcome, within: u64, why: &str) {
        let Outcome {
            number, called, at, ..
        } = *outcome;
        let seen = match &outcome.seen {
            Seen::ItsReply if at <= called + within + TICK => return,
            Seen::ItsReply => format!("client {number} waited {} ms for its reply", at - called),
            Seen::AnothersReply => format!("client {number} got a reply that is not its own"),
            Seen::Error(error) => format!("client {number} got the error {error:?}"),
            Seen::Panic => format!("client {number} was ended by a panic inside infer"),
            Seen::Nothing => {
                let reason = locked(&self.texts).why_nothing(number);
                self.tell("batcher", reason);
                format!("client {number} got no reply in {PATIENCE} ms")
            }
        };
        let expected = format!("its own reply within {within} ms");
        self.fail(&seen, &expected, why);
    }

    /// Fails the check if the client was neither answered nor refused.
    #[track_caller]
    pub fn expect_no_deadlock(&self, outcome: &Outcome, why: &str) {
        if matches!(outcome.seen, Seen::Nothing) {
            let waits = self.record.trace().waits_in_words();
            let number = outcome.number;
            let mut seen = format!("client {number} heard nothing in {PATIENCE} ms");
            if !waits.is_empty() {
                seen = format!("{seen}: {waits}");
            }
            self.fail(&seen, "a reply or an error", why);
        }
    }

    /// Fails the check unless the client was told that the model failed.
    #[track_caller]
    pub fn expect_model_failed(&self, outcome: &Outcome, says: &str, why: &str) {
        let number = outcome.number;
        let seen = match &outcome.seen {
            Seen::Error(InferError::ModelFailed(message)) if message.contains(says) => return,
            Seen::Error(error) => format!("client {number} got the error {error:?}"),
            Seen::ItsReply | Seen::AnothersReply => {
                format!("client {number} got a reply of a model that failed")
            }
            Seen::Panic => format!("client {number} was ended by a panic inside infer"),
            Seen::Nothing => {
                let reason = locked(&self.texts).why_nothing(number);
                self.tell("batcher", reason);
                format!("client {number} was told nothing for {PATIENCE} ms")
            }
        };
        let expected = if says.is_empty() {
            "Err(ModelFailed(..))".to_owned()
        } else {
            format!("Err(ModelFailed(..)) that says {says:?}")
        };
        self.fail(&seen, &expected, why);
    }
}

impl Texts {
    /// Why a client has nothing, as far as it can be told from outside.
    fn why_nothing(&self, number: i64) -> String {
        let held = |place| {
            self.of_clients
                .values()
                .filter(|text| **text == place)
                .count()
        };
        let in_batcher = held(Text::InBatcher);
        match self.of_clients.get(&number) {
            Some(Text::AtModel) => "waits for the model".to_owned(),
            Some(Text::Returned) => "has the embedding and does not hand it on".to_owned(),
            _ if held(Text::AtModel) > 0 => {
                format!("holds {in_batcher} back while a batch is at the model")
            }
            _ if in_batcher < self.max_batch => format!(
                "holds {in_batcher} of {}, waits for one more, and nobody is there to send it",
                self.max_batch
            ),
            _ => format!("holds {in_batcher} and hands none to the model"),
        }
    }

    fn move_texts(&mut self, clients: &[i64], to: Text) {
        for number in clients {
            if let Some(text) = self.of_clients.get_mut(number) {
                *text = to;
            }
        }
    }
}

/// A batch's time at the model.
pub struct Visit {
    stage: Stage,
    clients: Vec<i64>,
    /// Which batch of the scene this is, from 0.
    pub number: usize,
}

impl Drop for Visit {
    fn drop(&mut self) {
        let mut record = locked(&self.stage.texts);
        record.at_model -= self.clients.len();
        record.move_texts(&self.clients, Text::Returned);
    }
}

/// A client that has called `infer`.
pub struct Client {
    number: i64,
    called: u64,
    stage: Stage,
    call: JoinHandle<(Seen, u64)>,
}

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

pub enum Seen {
    ItsReply,
    AnothersReply,
    Error(InferError),
    Panic,
    Nothing,
}

impl Client {
    /// Waits for what becomes of the call, `PATIENCE` at most.
    pub async fn outcome(self) -> Outcome {
        let (seen, at) = match self.call.await {
            Ok(outcome) => outcome,
            Err(_) => (Seen::Panic, self.stage.now()),
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
        let _ = self.call.await;
        let who = format!("client {}", self.number);
        self.stage.tell(who, "goes away");
        locked(&self.stage.texts).of_clients.remove(&self.number);
    }
}
