//! What happens once. Whoever comes meanwhile waits for a lock that the schedule sees.

use std::fmt;
use std::ops::Deref;
use std::sync::PoisonError;

use checks::schedule;

use super::{Mutex, MutexGuard};

/// Held while what happens once does.
#[derive(Debug, Default)]
struct Turn(Mutex<()>);

impl Turn {
    const fn new() -> Turn {
        Turn(Mutex::new(()))
    }

    fn take(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See [`std::sync::Once`].
#[derive(Debug)]
pub struct Once {
    real: std::sync::Once,
    turn: Turn,
}

impl Once {
    /// See [`std::sync::Once::new`].
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "the standard library's has none"
    )]
    pub const fn new() -> Once {
        Once {
            real: std::sync::Once::new(),
            turn: Turn::new(),
        }
    }

    /// See [`std::sync::Once::call_once`].
    ///
    /// # Panics
    /// If an earlier call has panicked.
    pub fn call_once(&self, act: impl FnOnce()) {
        if !self.is_completed() {
            let _turn = self.turn.take();
            self.real.call_once(act);
        }
    }

    /// See [`std::sync::Once::call_once_force`].
    pub fn call_once_force(&self, act: impl FnOnce(&std::sync::OnceState)) {
        if !self.is_completed() {
            let _turn = self.turn.take();
            self.real.call_once_force(act);
        }
    }

    /// See [`std::sync::Once::is_completed`].
    pub fn is_completed(&self) -> bool {
        schedule::step();
        self.real.is_completed()
    }

    /// See [`std::sync::Once::wait`].
    ///
    /// # Panics
    /// If a call has panicked.
    pub fn wait(&self) {
        while schedule::is_scheduled() && !self.is_completed() {
            schedule::look();
        }
        self.real.wait();
    }
}

/// See [`std::sync::OnceLock`].
pub struct OnceLock<T> {
    real: std::sync::OnceLock<T>,
    turn: Turn,
}

impl<T> OnceLock<T> {
    /// See [`std::sync::OnceLock::new`].
    #[must_use]
    pub const fn new() -> OnceLock<T> {
        OnceLock {
            real: std::sync::OnceLock::new(),
            turn: Turn::new(),
        }
    }

    /// See [`std::sync::OnceLock::get`].
    pub fn get(&self) -> Option<&T> {
        schedule::step();
        self.real.get()
    }

    /// See [`std::sync::OnceLock::get_mut`].
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.real.get_mut()
    }

    /// See [`std::sync::OnceLock::set`].
    ///
    /// # Errors
    /// The value, if there is one.
    pub fn set(&self, value: T) -> Result<(), T> {
        let _turn = self.turn.take();
        self.real.set(value)
    }

    /// See [`std::sync::OnceLock::get_or_init`].
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let _turn = self.turn.take();
        self.real.get_or_init(make)
    }

    /// See [`std::sync::OnceLock::wait`].
    pub fn wait(&self) -> &T {
        while schedule::is_scheduled() && self.get().is_none() {
            schedule::look();
        }
        self.real.wait()
    }

    /// See [`std::sync::OnceLock::into_inner`].
    pub fn into_inner(self) -> Option<T> {
        self.real.into_inner()
    }

    /// See [`std::sync::OnceLock::take`].
    pub fn take(&mut self) -> Option<T> {
        self.real.take()
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> OnceLock<T> {
        OnceLock {
            real: self.real.clone(),
            turn: Turn::new(),
        }
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> OnceLock<T> {
        OnceLock {
            real: value.into(),
            turn: Turn::new(),
        }
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &OnceLock<T>) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}

/// See [`std::sync::LazyLock`].
pub struct LazyLock<T, F = fn() -> T> {
    value: OnceLock<T>,
    make: Mutex<Option<F>>,
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// See [`std::sync::LazyLock::new`].
    pub const fn new(make: F) -> LazyLock<T, F> {
        LazyLock {
            value: OnceLock::new(),
            make: Mutex::new(Some(make)),
        }
    }

    /// See [`std::sync::LazyLock::force`].
    ///
    /// # Panics
    /// If it was made in vain before.
    pub fn force(lazy: &LazyLock<T, F>) -> &T {
        lazy.value.get_or_init(|| {
            let make = lazy
                .make
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            make.expect("LazyLock instance has previously been poisoned")()
        })
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> LazyLock<T> {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
