//! `std::thread`. A thread that is started by one on a schedule is on it, too.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::io;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use checks::clock;
use checks::schedule::{self, End};

use crate::time::Instant;

pub use ::std::thread::*;

/// See [`std::thread::yield_now`]. On a schedule the thread waits until something has changed.
pub fn yield_now() {
    schedule::look();
}

/// See [`std::thread::sleep`].
pub fn sleep(duration: Duration) {
    if schedule::is_scheduled() {
        schedule::sleep(duration);
    } else if clock::ahead().is_some() {
        clock::pass(duration);
    } else {
        std::thread::sleep(duration);
    }
}

/// See [`std::thread::Thread`].
#[derive(Debug, Clone)]
pub struct Thread(std::thread::Thread);

/// The threads on schedules for which there is a token: see [`std::thread::park`].
static TOKENS: Mutex<Option<HashSet<ThreadId>>> = Mutex::new(None);

/// Whoever is parked waits for this.
fn parked_key() -> usize {
    (&raw const TOKENS).addr()
}

fn tokens() -> MutexGuard<'static, Option<HashSet<ThreadId>>> {
    TOKENS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Thread {
    /// See [`std::thread::Thread::unpark`].
    pub fn unpark(&self) {
        schedule::step();
        tokens().get_or_insert_default().insert(self.0.id());
        self.0.unpark();
        schedule::progress();
        schedule::wake(parked_key());
    }
}

impl Deref for Thread {
    type Target = std::thread::Thread;

    fn deref(&self) -> &std::thread::Thread {
        &self.0
    }
}

/// See [`std::thread::current`].
#[must_use]
pub fn current() -> Thread {
    Thread(std::thread::current())
}

fn takes_token() -> bool {
    let id = std::thread::current().id();
    tokens().as_mut().is_some_and(|tokens| tokens.remove(&id))
}

/// See [`std::thread::park`].
pub fn park() {
    if !schedule::is_scheduled() {
        std::thread::park();
        takes_token();
        return;
    }
    schedule::step();
    while !takes_token() {
        schedule::wait(parked_key());
    }
}

/// See [`std::thread::park_timeout`].
pub fn park_timeout(timeout: Duration) {
    if !schedule::is_scheduled() {
        std::thread::park_timeout(timeout);
        takes_token();
        return;
    }
    schedule::step();
    let start = Instant::now();
    while !takes_token() {
        let left = timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            return;
        }
        schedule::wait_for(parked_key(), left);
    }
}

/// See [`std::thread::JoinHandle`].
#[derive(Debug)]
pub struct JoinHandle<T> {
    real: std::thread::JoinHandle<T>,
    thread: Thread,
    end: OnSchedule,
}

struct OnSchedule(Option<End>);

impl OnSchedule {
    fn wait(&self) {
        self.0.iter().for_each(End::wait);
    }
}

impl fmt::Debug for OnSchedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OnSchedule({})", self.0.is_some())
    }
}

impl<T> JoinHandle<T> {
    /// See [`std::thread::JoinHandle::join`].
    ///
    /// # Errors
    /// The panic that has ended the thread.
    pub fn join(self) -> Result<T> {
        self.end.wait();
        self.real.join()
    }

    /// See [`std::thread::JoinHandle::is_finished`].
    pub fn is_finished(&self) -> bool {
        schedule::step();
        self.real.is_finished()
    }

    /// See [`std::thread::JoinHandle::thread`].
    pub fn thread(&self) -> &Thread {
        &self.thread
    }
}

/// See [`std::thread::Scope`].
#[derive(Debug)]
#[repr(transparent)]
pub struct Scope<'scope, 'env: 'scope>(std::thread::Scope<'scope, 'env>);

/// See [`std::thread::ScopedJoinHandle`].
#[derive(Debug)]
pub struct ScopedJoinHandle<'scope, T> {
    real: std::thread::ScopedJoinHandle<'scope, T>,
    thread: Thread,
    end: Arc<OnSchedule>,
}

thread_local! {
    /// The ends of the threads of each scope that this thread is in.
    static SCOPES: RefCell<Vec<Vec<Arc<OnSchedule>>>> = const { RefCell::new(Vec::new()) };
}

/// See [`std::thread::scope`]. On a schedule only the thread that has opened the scope may start threads in it.
pub fn scope<'env, T>(run: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    SCOPES.with_borrow_mut(|scopes| scopes.push(Vec::new()));
    std::thread::scope(|real| {
        // SAFETY: a `Scope` is nothing but the other one.
        let scope = unsafe { &*(&raw const *real).cast::<Scope<'_, 'env>>() };
        let ended = catch_unwind(AssertUnwindSafe(|| run(scope)));
        let children = SCOPES.with_borrow_mut(Vec::pop).unwrap_or_default();
        children.iter().for_each(|child| child.wait());
        ended.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

impl<'scope> Scope<'scope, '_> {
    /// See [`std::thread::Scope::spawn`].
    ///
    /// # Panics
    /// If the system has no room for one more thread.
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        run: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let spawned = Builder::new().spawn_scoped(self, run);
        spawned.expect("the system has room for one more thread")
    }
}

impl<T> ScopedJoinHandle<'_, T> {
    /// See [`std::thread::ScopedJoinHandle::thread`].
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// See [`std::thread::ScopedJoinHandle::join`].
    ///
    /// # Errors
    /// The panic that has ended the thread.
    pub fn join(self) -> Result<T> {
        self.end.wait();
        self.real.join()
    }

    /// See [`std::thread::ScopedJoinHandle::is_finished`].
    pub fn is_finished(&self) -> bool {
        schedule::step();
        self.real.is_finished()
    }
}

/// See [`std::thread::Builder`].
#[derive(Debug)]
pub struct Builder(std::thread::Builder);

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

impl Builder {
    /// See [`std::thread::Builder::new`].
    #[must_use]
    pub fn new() -> Builder {
        Builder(std::thread::Builder::new())
    }

    /// See [`std::thread::Builder::name`].
    #[must_use]
    pub fn name(self, name: String) -> Builder {
        Builder(self.0.name(name))
    }

    /// See [`std::thread::Builder::stack_size`].
    #[must_use]
    pub fn stack_size(self, size: usize) -> Builder {
        Builder(self.0.stack_size(size))
    }

    /// See [`std::thread::Builder::spawn`].
    ///
    /// # Errors
    /// If the system has no room for one more thread.
    pub fn spawn<T: Send + 'static>(
        self,
        run: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        let child = schedule::child("a thread of the answer");
        let end = OnSchedule(child.as_ref().map(schedule::Child::end));
        let real = self.0.spawn(move || match child {
            Some(child) => child.run(run),
            None => run(),
        })?;
        schedule::step();
        Ok(JoinHandle {
            thread: Thread(real.thread().clone()),
            real,
            end,
        })
    }
}

impl Builder {
    /// See [`std::thread::Builder::spawn_scoped`].
    ///
    /// # Errors
    /// If the system has no room for one more thread.
    pub fn spawn_scoped<'scope, T: Send + 'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        run: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        let child = schedule::child("a thread of the answer");
        let end = Arc::new(OnSchedule(child.as_ref().map(schedule::Child::end)));
        let real = self.0.spawn_scoped(&scope.0, move || match child {
            Some(child) => child.run(run),
            None => run(),
        })?;
        SCOPES.with_borrow_mut(|scopes| scopes.last_mut().map(|scope| scope.push(end.clone())));
        schedule::step();
        Ok(ScopedJoinHandle {
            thread: Thread(real.thread().clone()),
            real,
            end,
        })
    }
}

/// See [`std::thread::spawn`].
///
/// # Panics
/// If the system has no room for one more thread.
pub fn spawn<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let spawned = Builder::new().spawn(run);
    spawned.expect("the system has room for one more thread")
}
