use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, LockResult, PoisonError};
use std::time::Duration;

use checks::schedule;

use super::MutexGuard;
use super::locks::map;
use crate::time::Instant;

/// See [`std::sync::Condvar`].
#[derive(Debug, Default)]
pub struct Condvar {
    real: std::sync::Condvar,
    /// Of those on a schedule who wait, the first first.
    waiting: std::sync::Mutex<VecDeque<Arc<AtomicBool>>>,
}

/// See [`std::sync::WaitTimeoutResult`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// See [`std::sync::WaitTimeoutResult::timed_out`].
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

type Waited<'a, T> = LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>;

impl Condvar {
    /// See [`std::sync::Condvar::new`].
    #[must_use]
    pub const fn new() -> Condvar {
        Condvar {
            real: std::sync::Condvar::new(),
            waiting: std::sync::Mutex::new(VecDeque::new()),
        }
    }

    /// See [`std::sync::Condvar::wait`].
    ///
    /// # Errors
    /// If the lock is poisoned.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        if !schedule::is_scheduled() {
            let (mutex, guard) = guard.into_real();
            return map(self.real.wait(guard), |guard| {
                MutexGuard::of_real(mutex, guard)
            });
        }
        let mutex = guard.lock;
        let notified = self.register();
        drop(guard);
        while !notified.load(SeqCst) {
            schedule::wait(Arc::as_ptr(&notified) as usize);
        }
        mutex.relock()
    }

    /// See [`std::sync::Condvar::wait_while`].
    ///
    /// # Errors
    /// If the lock is poisoned.
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// See [`std::sync::Condvar::wait_timeout`].
    ///
    /// # Errors
    /// If the lock is poisoned.
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Duration,
    ) -> Waited<'a, T> {
        if !schedule::is_scheduled() {
            let (mutex, guard) = guard.into_real();
            return map(self.real.wait_timeout(guard, timeout), |(guard, result)| {
                let result = WaitTimeoutResult(result.timed_out());
                (MutexGuard::of_real(mutex, guard), result)
            });
        }
        let mutex = guard.lock;
        let notified = self.register();
        drop(guard);
        schedule::wait_for(Arc::as_ptr(&notified) as usize, timeout);
        self.locked().retain(|other| !Arc::ptr_eq(other, &notified));
        let result = WaitTimeoutResult(!notified.load(SeqCst));
        map(mutex.relock(), |guard| (guard, result))
    }

    /// See [`std::sync::Condvar::wait_timeout_while`].
    ///
    /// # Errors
    /// If the lock is poisoned.
    pub fn wait_timeout_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        timeout: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> Waited<'a, T> {
        let start = Instant::now();
        loop {
            if !condition(&mut guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let is_over = match timeout.checked_sub(start.elapsed()) {
                None => true,
                Some(left) => {
                    let (woken, result) = self.wait_timeout(guard, left)?;
                    guard = woken;
                    result.timed_out()
                }
            };
            if is_over {
                let timed_out = condition(&mut guard);
                return Ok((guard, WaitTimeoutResult(timed_out)));
            }
        }
    }

    /// See [`std::sync::Condvar::notify_one`].
    pub fn notify_one(&self) {
        schedule::step();
        let first = self.locked().pop_front();
        first.into_iter().for_each(notify);
        self.real.notify_one();
    }

    /// See [`std::sync::Condvar::notify_all`].
    pub fn notify_all(&self) {
        schedule::step();
        let all = std::mem::take(&mut *self.locked());
        all.into_iter().for_each(notify);
        self.real.notify_all();
    }

    fn register(&self) -> Arc<AtomicBool> {
        let notified = Arc::new(AtomicBool::new(false));
        self.locked().push_back(Arc::clone(&notified));
        notified
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<AtomicBool>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn notify(waiting: Arc<AtomicBool>) {
    waiting.store(true, SeqCst);
    schedule::progress();
    schedule::wake(Arc::as_ptr(&waiting) as usize);
}
