//! Plays many threads, one at a time, in an order that a seed decides.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use generator::{Generator, Gn};

use crate::diagnosis::{Diagnosis, Failure, Interleaving, Wrong};
use crate::explore::quietly;
use crate::stage::{self, on_a_stage};
use crate::sync::{Mode, enter, leave};
use crate::trace::{self, Source, steps_taken};

/// Words of a thread's stack.
const STACK: usize = 0x4000;

/// A thread that has made so many steps without changing anything waits for another one.
const STEPS_OF_A_LOOP: usize = 32;

/// Rounds in which each thread had its turn and nothing changed: nothing will.
const IDLE_ROUNDS: usize = 50_000;

/// A run of so many steps does not come to its end.
const STEPS: usize = 10_000_000;

/// So many of them are kept for its table: all of them would fill the memory.
const LAST_STEPS: usize = 1_000;

/// How a scene is played: once, and once more for its table if it goes wrong.
#[derive(Debug, Clone, Copy)]
pub struct Player {
    why: &'static str,
    source: Option<Source>,
    remark: Option<&'static str>,
    promise_of: Option<fn(Wrong) -> Option<usize>>,
    seed: u64,
    switches: u64,
    idle_rounds: usize,
    steps: usize,
}

impl Player {
    /// `why` says why it matters if the scene goes wrong. A thread runs until it waits.
    pub fn new(why: &'static str) -> Player {
        Player {
            why,
            source: None,
            remark: None,
            promise_of: None,
            seed: 0,
            switches: 0,
            idle_rounds: IDLE_ROUNDS,
            steps: STEPS,
        }
    }

    /// The file in which tables look up the names of atomics.
    #[must_use]
    pub fn source(self, source: Source) -> Player {
        Player {
            source: Some(source),
            ..self
        }
    }

    /// A failure names the broken promise: by this number where the check has [said](crate::fail_promise) none.
    #[must_use]
    pub fn promise_of(self, of: fn(Wrong) -> Option<usize>) -> Player {
        Player {
            promise_of: Some(of),
            ..self
        }
    }

    /// What is said besides, if it goes wrong: what may explain it.
    #[must_use]
    pub fn remark(self, remark: Option<&'static str>) -> Player {
        Player { remark, ..self }
    }

    /// The order is drawn from `seed`, and a thread is interrupted at one step of `one_in`.
    #[must_use]
    pub fn interrupted(self, seed: u64, one_in: u64) -> Player {
        Player {
            seed,
            switches: one_in,
            ..self
        }
    }

    /// After so many [idle rounds](idle_rounds) the threads are taken to wait for each other for ever; 50,000 if nobody says.
    #[must_use]
    pub fn idle_rounds(self, most: usize) -> Player {
        Player {
            idle_rounds: most,
            ..self
        }
    }

    /// After so many steps a scene is taken to have no end; ten million if nobody says.
    #[must_use]
    pub fn steps(self, most: usize) -> Player {
        Player {
            steps: most,
            ..self
        }
    }

    /// Plays `scene`, which makes what is tested and gives its threads to [`run`].
    ///
    /// # Panics
    ///
    /// If the scene goes wrong; the text says how, and shows the steps.
    #[track_caller]
    pub fn play(self, scene: impl Fn() + Send + 'static) {
        if let Err(diagnosis) = on_a_stage(self.why, move || self.on_this_thread(scene)) {
            diagnosis.raise(self.remark, self.promise_of);
        }
    }

    fn on_this_thread(self, scene: impl Fn()) -> Result<(), Diagnosis> {
        let Err(first) = self.once(None, &scene) else {
            return Ok(());
        };
        let before = match first {
            Failure::Endless(_) => steps_taken().saturating_sub(LAST_STEPS),
            _ => 0,
        };
        let Err(failure) = self.once(Some(before), &scene) else {
            return Err(Diagnosis::without_steps(
                "the same scene, played twice, went wrong once",
                "what threads share comes from `crate::sync`: this depends on something else",
                self.why,
            ));
        };
        Err(Interleaving::new(trace::kept(), self.source).diagnosis(&failure, self.why))
    }

    fn once(&self, kept_after: Option<usize>, scene: &impl Fn()) -> Result<(), Failure> {
        trace::clear(kept_after);
        STAGE.set(Some(Stage::new(self)));
        enter(Mode::Played);
        trace::name_this_thread("main thread");
        let result = quietly(scene);
        leave();
        let stage = STAGE.take();
        result.map_err(|panic| match trace::found() {
            Some(found) => Failure::Found(found),
            None if stage.as_ref().is_some_and(Stage::is_idle) => Failure::Stuck,
            None if stage.as_ref().is_some_and(Stage::is_endless) => Failure::Endless(self.steps),
            None => Failure::of_panic(panic.as_ref()),
        })
    }
}

/// A thread of a scene: its name in tables, and what it does.
pub type Task<'a> = (String, Box<dyn FnOnce() + 'a>);

/// Runs the threads of a scene to their ends.
///
/// # Panics
///
/// If one of them does, and if they wait for each other for ever.
pub fn run(tasks: Vec<Task<'_>>) {
    let names = tasks.iter().map(|(name, _)| name.clone());
    let mut threads: Vec<Thread<'_>> = Vec::new();
    let names: Vec<String> = names.collect();
    for (_, work) in tasks {
        threads.push(Thread {
            steps: ManuallyDrop::new(thread_of(work)),
            waits: false,
        });
    }
    for (index, name) in names.iter().enumerate() {
        with(|stage| stage.task = index + 1);
        trace::name_this_thread(name);
    }
    let mut left: Vec<usize> = (0..threads.len()).collect();
    let mut ready = Vec::new();
    while !left.is_empty() {
        ready.clear();
        let is_ready = |index: &usize| !threads[*index].waits;
        ready.extend(left.iter().copied().filter(is_ready));
        let Some(index) = with(|stage| stage.pick(&ready)) else {
            left.iter().for_each(|index| threads[*index].waits = false);
            next_round();
            continue;
        };
        with(|stage| stage.start(index + 1));
        // A panic ends the scene. The other threads are left where they are: their destructors would go on with it.
        let resumed = catch_unwind(AssertUnwindSafe(|| threads[index].steps.resume()));
        if let Err(panic) = resumed {
            resume_unwind(panic);
        }
        if threads[index].steps.is_done() {
            left.retain(|other| *other != index);
            with(Stage::changed);
            // SAFETY: it has ended, and is never resumed again.
            unsafe { ManuallyDrop::drop(&mut threads[index].steps) };
        } else {
            threads[index].waits = with(|stage| stage.waits);
        }
    }
    with(|stage| stage.task = 0);
}

/// Lets other threads run: the running one has nothing to do now.
pub fn pause() {
    with(|stage| stage.waits = true);
    give_way();
}

fn give_way() {
    // A thread that waits is no thread that stands still.
    stage::step();
    if this_task().is_some_and(|task| task > 0) {
        leave_thread();
    } else {
        next_round();
        with(|stage| stage.start(0));
    }
}

fn next_round() {
    if with(Stage::is_stuck) {
        panic!("stuck");
    }
}

/// In how many rounds, one after the other, each thread had its turn and none changed anything. A thread that [pauses](pause)
/// until this is high has waited for all that could happen.
pub fn idle_rounds() -> usize {
    with(|stage| stage.idle_rounds)
}

/// What a thread runs stays on the thread of the system that it was made on.
struct Stays<T>(T);

// SAFETY: nobody sends it: `run` makes, resumes and drops all its threads.
unsafe impl<T> Send for Stays<T> {}

impl<T> Stays<T> {
    fn get(self) -> T {
        self.0
    }
}

/// Only this kind may be left from deep inside the code under test, which hands no scope on.
fn thread_of<'a>(work: Box<dyn FnOnce() + 'a>) -> Generator<'a, (), ()> {
    let work = Stays(work);
    Gn::new_opt(STACK, move || work.get()())
}

#[expect(
    deprecated,
    reason = "the scope that is recommended is not at hand here"
)]
fn leave_thread() {
    generator::yield_with(());
}

struct Thread<'a> {
    steps: ManuallyDrop<Generator<'a, (), ()>>,
    /// Whether it waits for a change that another thread makes.
    waits: bool,
}

/// What is going on.
struct Stage {
    /// The number of the running thread; 0 is the one that plays the scene.
    task: usize,
    /// Whether the thread that ran last waits.
    waits: bool,
    idle_steps: usize,
    idle_rounds: usize,
    changed: bool,
    steps: usize,
    most_idle_rounds: usize,
    most_steps: usize,
    random: Random,
    switches: u64,
}

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
    static TASK: Cell<Option<usize>> = const { Cell::new(None) };
}

fn with<R>(work: impl FnOnce(&mut Stage) -> R) -> R {
    STAGE.with_borrow_mut(|stage| {
        let stage = stage
            .as_mut()
            .expect("threads run in a scene that is played");
        let result = work(stage);
        TASK.set(Some(stage.task));
        result
    })
}

impl Stage {
    fn new(player: &Player) -> Stage {
        TASK.set(Some(0));
        Stage {
            task: 0,
            waits: false,
            idle_steps: 0,
            idle_rounds: 0,
            changed: false,
            steps: 0,
            most_idle_rounds: player.idle_rounds,
            most_steps: player.steps,
            random: Random(player.seed),
            switches: player.switches,
        }
    }

    fn pick(&mut self, ready: &[usize]) -> Option<usize> {
        match ready {
            [] => None,
            _ if self.switches == 0 => Some(ready[0]),
            _ => {
                let at = self.random.below(ready.len() as u64);
                Some(ready[usize::try_from(at).expect("an index")])
            }
        }
    }

    fn start(&mut self, task: usize) {
        self.task = task;
        self.waits = false;
        self.idle_steps = 0;
    }

    fn changed(&mut self) {
        self.changed = true;
        self.idle_steps = 0;
        self.idle_rounds = 0;
    }

    /// Every thread waits. Says whether that has been so for too long.
    fn is_stuck(&mut self) -> bool {
        if !std::mem::take(&mut self.changed) {
            self.idle_rounds += 1;
        }
        self.is_idle() || self.is_endless()
    }

    fn is_idle(&self) -> bool {
        self.idle_rounds > self.most_idle_rounds
    }

    fn is_endless(&self) -> bool {
        self.steps > self.most_steps
    }

    /// Whether the running thread is interrupted here.
    fn is_interrupted(&mut self) -> bool {
        self.steps += 1;
        self.idle_steps += 1;
        if self.is_endless() || self.idle_steps > STEPS_OF_A_LOOP {
            self.waits = true;
            return true;
        }
        self.switches > 0 && self.random.below(self.switches) == 0
    }
}

/// The number of the running thread in a scene that is played.
pub(crate) fn this_task() -> Option<usize> {
    TASK.get()
}

/// No scene is played any more.
pub(crate) fn end() {
    TASK.set(None);
}

/// A step of the running thread comes next: another one may come before it.
pub(crate) fn point() {
    let (interrupted, waits) = with(|stage| (stage.is_interrupted(), stage.waits));
    if interrupted && (waits || this_task().is_some_and(|task| task > 0)) {
        give_way();
    }
}

/// The running thread has changed what others may see.
pub(crate) fn changed() {
    with(Stage::changed);
}

/// Numbers from a seed, the same on every machine: SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}
