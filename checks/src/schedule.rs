//! Threads that run one at a time, in an order that a check chooses.
//!
//! A check that leaves the order to the system sees a race when the machine happens to show it. On a [`Schedule`] nothing
//! happens by luck: of its threads one runs, and it runs until it waits, or comes to a [`step`] where the [`Order`] lets
//! another one go on. The same order gives the same run on every machine, beside any load. And when no thread can go on, that is
//! known at once: nobody has to wait for something that does not come.
//!
//! The threads say where they wait and what they change by calling the functions of this module. `checks-std` does that for
//! code that knows nothing of it: its locks, channels and atomics are the standard library's, and tell the schedule.
//!
//! ```
//! use checks::schedule::{Order, Schedule, step};
//! use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
//! use std::sync::Arc;
//!
//! let schedule = Schedule::new(Order::Stops { thread: 0, steps: vec![1] });
//! let count = Arc::new(AtomicU64::new(0));
//! for _ in 0..2 {
//!     let count = Arc::clone(&count);
//!     schedule.spawn("client", move || {
//!         let before = count.load(Relaxed);
//!         step(); // the first thread stops here until the second one has ended
//!         count.store(before + 1, Relaxed);
//!     });
//! }
//! schedule.run().unwrap();
//! assert_eq!(count.load(Relaxed), 1, "one of two is lost, every time");
//! ```

use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Random;

/// A thread that takes so many steps without making progress only looks for a change.
const STEPS_OF_A_LOOK: usize = 2_000;

/// So many steps in one [`Schedule::run`] have no end.
const STEPS_OF_A_RUN: usize = 2_000_000;

/// After so many steps nobody looks once more for nothing.
const STEPS_OF_LOOKS: usize = 100_000;

/// How often everybody who looks for a change looks once more when nobody else can go on: who only yields once, or sleeps for a
/// moment, then comes further.
const LAST_LOOKS: usize = 16;

/// How long a look for nothing takes on the clock of a schedule.
const TIME_OF_A_LOOK: Duration = Duration::from_millis(1);

/// For each tick the thread that calls [`Schedule::run`] has to be scheduled itself, so that a machine that stands still for a
/// while is not taken for a thread that does.
const TICK: Duration = Duration::from_millis(10);

/// A thread that takes no step for so many ticks is held by something that the schedule does not see.
const TICKS_OF_A_STEP: usize = 1_000;

/// Which thread goes on at a step, and when one waits or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Each thread runs until it waits or ends; then the first one that can go on does.
    InTurn,
    /// The thread with this number goes first. Before each of these steps of its own (1 is the first) it stops, until one
    /// other thread has run as far as it can.
    Stops {
        /// The thread's number, from [`Schedule::spawn`].
        thread: usize,
        /// The numbers of the steps, counted from [`Schedule::set_order`].
        steps: Vec<usize>,
    },
    /// Any thread may go on at any step.
    Random(Random),
}

/// Threads of which one runs at a time. Dropping it leaves those behind that have not ended.
pub struct Schedule {
    shared: Arc<Shared>,
}

/// Why [`Schedule::run`] did not come to its end. The threads are left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoEnd {
    /// The threads take step after step.
    Endless,
    /// The thread of this name takes no step and does not end.
    Held(String),
}

struct Shared {
    state: Mutex<State>,
    /// No thread runs any more.
    stands: Condvar,
}

struct State {
    threads: Vec<Thread>,
    running: Option<usize>,
    order: Order,
    /// How often something was changed that a thread may look for.
    changes: u64,
    /// How often everybody may look once more although nothing has changed.
    looks_left: usize,
    /// The time since the schedule began. It passes only when no thread can go on.
    now: Duration,
    steps: usize,
    is_given_up: bool,
}

struct Thread {
    name: String,
    status: Status,
    turn: Arc<Condvar>,
    /// Steps since the order was set.
    steps: usize,
    steps_without_progress: usize,
    /// It was let on only to see whether it can go on.
    only_looks: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Ready,
    /// Until `wake` is called with this key.
    WaitsFor(usize),
    /// Until there are more changes than these.
    Looks(u64),
    /// Until `wake` is called with this key, or until then. Not in turn it may also be late by as much as others are slow: then it
    /// goes on as soon as there are more changes than these.
    Sleeps {
        key: usize,
        until: Duration,
        changes: u64,
    },
    Ended,
}

/// No address is this one.
const NOBODYS_KEY: usize = 0;

thread_local! {
    static CURRENT: RefCell<Option<(Arc<Shared>, usize)>> = const { RefCell::new(None) };
}

impl Schedule {
    /// A schedule without threads.
    pub fn new(order: Order) -> Schedule {
        Schedule {
            shared: Arc::new(Shared {
                state: Mutex::new(State {
                    threads: Vec::new(),
                    running: None,
                    order,
                    changes: 0,
                    looks_left: 0,
                    now: Duration::ZERO,
                    steps: 0,
                    is_given_up: false,
                }),
                stands: Condvar::new(),
            }),
        }
    }

    /// One more thread, which runs in [`Schedule::run`] only. Gives its number: 0 for the first.
    ///
    /// # Panics
    /// If the system has no room for one more thread.
    pub fn spawn(&self, name: &str, run: impl FnOnce() + Send + 'static) -> usize {
        let child = Child::new(&self.shared, name);
        let number = child.number;
        thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || child.run(run))
            .expect("the system has room for one more thread");
        number
    }

    /// From now on the threads go on in this order.
    pub fn set_order(&self, order: Order) {
        let mut state = self.shared.locked();
        state.order = order;
        state.threads.iter_mut().for_each(|thread| thread.steps = 0);
    }

    /// How many steps the thread has taken since the order was set.
    pub fn steps_of(&self, thread: usize) -> usize {
        self.shared.locked().threads[thread].steps
    }

    /// Whether the thread has ended.
    pub fn has_ended(&self, thread: usize) -> bool {
        self.shared.locked().threads[thread].status == Status::Ended
    }

    /// Lets the threads run until none can go on: each has ended, or waits for something that none of them brings about.
    ///
    /// # Errors
    /// If they do not come to that.
    pub fn run(&self) -> Result<(), NoEnd> {
        self.run_for(LAST_LOOKS)
    }

    /// As [`Schedule::run`], and time passes: when nobody else can go on, whoever looks for a change looks so many times more.
    ///
    /// # Errors
    /// If the threads do not come to an end of that.
    pub fn run_for(&self, looks: usize) -> Result<(), NoEnd> {
        let mut state = self.shared.locked();
        state.steps = 0;
        state.changes += 1;
        state.looks_left = looks;
        if !state.is_given_up {
            state.go_on();
        }
        let mut ticks = 0;
        let mut steps = 0;
        while let Some(running) = state.running {
            if state.is_given_up {
                return Err(NoEnd::Endless);
            }
            if ticks >= TICKS_OF_A_STEP {
                state.is_given_up = true;
                return Err(NoEnd::Held(state.threads[running].name.clone()));
            }
            let waited = self.shared.stands.wait_timeout(state, TICK);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            ticks = if state.steps == steps { ticks + 1 } else { 0 };
            steps = state.steps;
        }
        if state.is_given_up {
            return Err(NoEnd::Endless);
        }
        Ok(())
    }

    /// Lets the threads go on that wait for this key: see [`wait`].
    pub fn wake(&self, key: usize) {
        self.shared.locked().wake(key);
    }
}

/// Another thread may go on here. Call it before each access to what threads share.
pub fn step() {
    let Some((shared, me)) = current() else {
        return;
    };
    let mut state = shared.locked();
    state.steps += 1;
    if state.steps > STEPS_OF_A_RUN {
        state.is_given_up = true;
        shared.stands.notify_all();
    }
    let thread = &mut state.threads[me];
    thread.steps += 1;
    thread.steps_without_progress += 1;
    if thread.steps_without_progress > STEPS_OF_A_LOOK {
        drop(state);
        look();
        return;
    }
    if let Some(other) = state.instead_of(me) {
        state.let_run(other);
        shared.wait_for_turn(state, me);
    }
}

/// Waits until [`wake`] is called with this key. A thread that is in no schedule returns at once.
pub fn wait(key: usize) {
    give_turn_away(|_| Status::WaitsFor(key));
}

/// Waits until something has changed. May return early: look again, and call it again. A thread that is in no schedule
/// yields.
pub fn look() {
    if current().is_none() {
        thread::yield_now();
        return;
    }
    give_turn_away(|state| Status::Looks(state.changes));
}

/// Waits until [`wake`] is called with this key or `time` is over on the schedule's clock, which goes on when no thread can. A
/// thread that is in no schedule returns at once.
pub fn wait_for(key: usize, time: Duration) {
    give_turn_away(|state| Status::Sleeps {
        key,
        until: state.now.saturating_add(time),
        changes: state.changes,
    });
}

/// Waits until `time` is over: see [`wait_for`].
pub fn sleep(time: Duration) {
    wait_for(NOBODYS_KEY, time);
}

/// The time since the schedule of the calling thread began, on its own clock. `None` if it is in none.
pub fn now() -> Option<Duration> {
    current().map(|(shared, _)| shared.locked().now)
}

/// The calling thread has changed something that others may look for.
pub fn change() {
    with_current(|state, me| {
        // Two that only look would wake each other for ever.
        if !state.threads[me].only_looks {
            state.changes += 1;
        }
    });
}

/// The calling thread has come further, and does not only look.
pub fn progress() {
    with_current(|state, me| {
        state.threads[me].only_looks = false;
        state.threads[me].steps_without_progress = 0;
        state.changes += 1;
        state.looks_left = state.looks_left.max(LAST_LOOKS);
    });
}

/// Lets the threads go on that wait for this key.
pub fn wake(key: usize) {
    with_current(|state, _| state.wake(key));
}

/// Whether the calling thread is in a schedule.
pub fn is_scheduled() -> bool {
    current().is_some()
}

/// How many threads there have been in the schedule of the calling thread. It remembers each in less than 512 bytes.
pub fn threads() -> usize {
    current().map_or(0, |(shared, _)| shared.locked().threads.len())
}

/// A thread that is about to start in the schedule of the calling one: run it by [`Child::run`] on a thread of its own. `None` if
/// the calling thread is in no schedule.
pub fn child(name: &str) -> Option<Child> {
    current().map(|(shared, _)| Child::new(&shared, name))
}

/// See [`child`].
pub struct Child {
    shared: Arc<Shared>,
    number: usize,
}

impl Child {
    fn new(shared: &Arc<Shared>, name: &str) -> Child {
        let mut state = shared.locked();
        state.threads.push(Thread {
            name: name.to_owned(),
            status: Status::Ready,
            turn: Arc::new(Condvar::new()),
            steps: 0,
            steps_without_progress: 0,
            only_looks: false,
        });
        Child {
            shared: Arc::clone(shared),
            number: state.threads.len() - 1,
        }
    }

    /// The key that is woken when the thread has ended: see [`wait`].
    pub fn end(&self) -> End {
        End {
            shared: Arc::clone(&self.shared),
            number: self.number,
        }
    }

    /// Waits for the thread's turn and runs it. To be called on the thread.
    pub fn run<T>(self, run: impl FnOnce() -> T) -> T {
        struct Leaves;
        impl Drop for Leaves {
            fn drop(&mut self) {
                let Some((shared, me)) = current() else {
                    return;
                };
                CURRENT.set(None);
                let mut state = shared.locked();
                state.threads[me].status = Status::Ended;
                state.changes += 1;
                state.wake(end_key(&shared, me));
                drop(shared.go_on(state));
            }
        }
        let state = self.shared.locked();
        self.shared.wait_for_turn(state, self.number);
        CURRENT.set(Some((self.shared, self.number)));
        let _leaves = Leaves;
        run()
    }
}

/// The end of a thread.
pub struct End {
    shared: Arc<Shared>,
    number: usize,
}

impl End {
    /// Waits until the thread has ended.
    pub fn wait(&self) {
        while self.shared.locked().threads[self.number].status != Status::Ended && is_scheduled() {
            wait(end_key(&self.shared, self.number));
        }
    }
}

/// No address of a lock: those are even.
fn end_key(shared: &Arc<Shared>, thread: usize) -> usize {
    (Arc::as_ptr(shared) as usize)
        .wrapping_add(thread << 16)
        .wrapping_mul(2)
        | 1
}

fn current() -> Option<(Arc<Shared>, usize)> {
    // What is dropped when the thread ends is not scheduled any more.
    CURRENT
        .try_with(|current| current.borrow().clone())
        .ok()
        .flatten()
}

fn with_current(act: impl FnOnce(&mut State, usize)) {
    if let Some((shared, me)) = current() {
        act(&mut shared.locked(), me);
    }
}

fn give_turn_away(status: impl FnOnce(&State) -> Status) {
    let Some((shared, me)) = current() else {
        return;
    };
    let mut state = shared.locked();
    let status = status(&state);
    let only_looks = matches!(status, Status::Looks(_) | Status::Sleeps { .. });
    let thread = &mut state.threads[me];
    thread.status = status;
    thread.only_looks |= only_looks;
    thread.steps_without_progress = 0;
    let state = shared.go_on(state);
    shared.wait_for_turn(state, me);
}

impl Shared {
    /// No thread panics while it has the lock.
    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_for_turn(&self, mut state: MutexGuard<'_, State>, me: usize) {
        let turn = Arc::clone(&state.threads[me].turn);
        while state.running != Some(me) || state.is_given_up {
            state = turn.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.threads[me].status = Status::Ready;
    }

    fn go_on<'a>(&self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        state.go_on();
        if state.running.is_none() {
            self.stands.notify_all();
        }
        state
    }
}

impl State {
    /// The running thread waits or has ended: another one goes on, if one can.
    fn go_on(&mut self) {
        let last = self.running.take();
        let mut able = self.able();
        if able.is_empty() && self.looks_left > 0 && self.steps < STEPS_OF_LOOKS {
            self.looks_left -= 1;
            self.let_time_pass();
            able = self.able();
        }
        let next = match &mut self.order {
            _ if able.is_empty() => return,
            Order::Stops { thread, .. } if able.contains(thread) => *thread,
            Order::InTurn | Order::Stops { .. } => {
                let after = able.iter().find(|number| Some(**number) > last);
                *after.unwrap_or(&able[0])
            }
            Order::Random(seed) => able[seed.below(able.len())],
        };
        self.let_run(next);
    }

    /// Whoever looks for a change may look once more; whoever sleeps least goes on.
    fn let_time_pass(&mut self) {
        self.changes += 1;
        let until = |thread: &Thread| match thread.status {
            Status::Sleeps { until, .. } => Some(until),
            _ => None,
        };
        let first = self.threads.iter().filter_map(until).min();
        self.now = first.unwrap_or(self.now + TIME_OF_A_LOOK).max(self.now);
        for thread in &mut self.threads {
            if until(thread).is_some_and(|until| until <= self.now) {
                thread.status = Status::Ready;
            }
        }
    }

    /// Which thread runs on in place of `me`, which could go on itself.
    fn instead_of(&mut self, me: usize) -> Option<usize> {
        let steps = self.threads[me].steps;
        match &mut self.order {
            Order::InTurn => None,
            Order::Stops { thread, steps: at } => {
                let stops = *thread == me && at.contains(&steps);
                let able = stops.then(|| self.able())?;
                able.into_iter().find(|other| *other != me)
            }
            Order::Random(seed) => {
                let switches = seed.below(3) == 0;
                let mut pick = seed.clone();
                let able = switches.then(|| self.able())?;
                Some(able[pick.below(able.len())]).filter(|other| *other != me)
            }
        }
    }

    fn able(&self) -> Vec<usize> {
        let able = |thread: &Thread| match thread.status {
            Status::Ready => true,
            Status::Looks(changes) => changes < self.changes,
            Status::Sleeps { changes, .. } => self.order != Order::InTurn && changes < self.changes,
            Status::WaitsFor(_) | Status::Ended => false,
        };
        let numbers = 0..self.threads.len();
        numbers.filter(|n| able(&self.threads[*n])).collect()
    }

    fn let_run(&mut self, number: usize) {
        if let Status::Sleeps { until, .. } = self.threads[number].status {
            self.now = self.now.max(until);
        }
        self.running = Some(number);
        self.threads[number].turn.notify_one();
    }

    fn wake(&mut self, key: usize) {
        for thread in &mut self.threads {
            match thread.status {
                Status::WaitsFor(other) | Status::Sleeps { key: other, .. } if other == key => {
                    thread.status = Status::Ready;
                }
                _ => {}
            }
        }
    }
}

impl fmt::Display for NoEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoEnd::Endless => f.write_str("step follows step, and no thread comes further"),
            NoEnd::Held(thread) => write!(
                f,
                "{thread} does not come back, and waits for nothing that the checks can see"
            ),
        }
    }
}

impl std::error::Error for NoEnd {}
