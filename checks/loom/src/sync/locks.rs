use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::{LockResult, PoisonError};
use std::thread::panicking;

use super::{Inner, changed, point, wait};
use crate::trace::{self, Call, Kind};

/// As `std::sync::Mutex`, but never poisoned. There is no `try_lock`: loom switches no threads while a
/// lock is held, so that it would never see one fail.
pub struct Mutex<T> {
    lock: Inner<loom::sync::Mutex<()>, Cell<bool>>,
    value: UnsafeCell<T>,
}

// SAFETY: as std's: the lock guards the value.
unsafe impl<T: Send> Send for Mutex<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    /// A mutex around `value`.
    #[track_caller]
    pub fn new(value: T) -> Mutex<T> {
        Mutex {
            lock: Inner::new((), loom::sync::Mutex::new, |()| Cell::new(false)),
            value: UnsafeCell::new(value),
        }
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        point();
        let held = match &self.lock {
            Inner::Explored(lock) => Held::Explored(ManuallyDrop::new(unpoisoned(lock.lock()))),
            Inner::Played(is_held) => {
                while is_held.get() {
                    wait();
                }
                is_held.set(true);
                Held::Played(is_held)
            }
        };
        locked("locks", Location::caller());
        Ok(MutexGuard {
            held,
            call: Location::caller(),
            value: &self.value,
            is_changed: false,
        })
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        Ok(self.value.get_mut())
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn into_inner(self) -> LockResult<T> {
        Ok(self.value.into_inner())
    }
}

/// As `std::sync::RwLock`, but never poisoned, and without `try_read` and `try_write` as above.
pub struct RwLock<T> {
    lock: Inner<loom::sync::RwLock<()>, Cell<isize>>,
    value: UnsafeCell<T>,
}

// SAFETY: as std's: the lock guards the value.
unsafe impl<T: Send> Send for RwLock<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for RwLock<T> {}

/// Where a scene is played: who writes; how many read is a number above 0.
const WRITER: isize = -1;

impl<T> RwLock<T> {
    /// A lock around `value`.
    #[track_caller]
    pub fn new(value: T) -> RwLock<T> {
        RwLock {
            lock: Inner::new((), loom::sync::RwLock::new, |()| Cell::new(0)),
            value: UnsafeCell::new(value),
        }
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        point();
        let held = match &self.lock {
            Inner::Explored(lock) => Held::Explored(ManuallyDrop::new(unpoisoned(lock.read()))),
            Inner::Played(holders) => {
                while holders.get() == WRITER {
                    wait();
                }
                holders.set(holders.get() + 1);
                Held::Played(holders)
            }
        };
        locked("locks for reading", Location::caller());
        Ok(RwLockReadGuard {
            held,
            call: Location::caller(),
            value: &self.value,
            is_changed: false,
        })
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        point();
        let held = match &self.lock {
            Inner::Explored(lock) => Held::Explored(ManuallyDrop::new(unpoisoned(lock.write()))),
            Inner::Played(holders) => {
                while holders.get() != 0 {
                    wait();
                }
                holders.set(WRITER);
                Held::Played(holders)
            }
        };
        locked("locks for writing", Location::caller());
        Ok(RwLockWriteGuard {
            held,
            call: Location::caller(),
            value: &self.value,
            is_changed: false,
        })
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        Ok(self.value.get_mut())
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// Never.
    pub fn into_inner(self) -> LockResult<T> {
        Ok(self.value.into_inner())
    }
}

/// loom's guard does not run while a panic unwinds.
enum Held<'a, G, P> {
    Explored(ManuallyDrop<G>),
    Played(&'a Cell<P>),
}

macro_rules! guard {
    ($name:ident, $guard:ident, $played:ty, $end:expr) => {
        #[doc = concat!("As `std::sync::", stringify!($name), "`.")]
        pub struct $name<'a, T> {
            held: Held<'a, loom::sync::$guard<'a, ()>, $played>,
            call: Call,
            value: &'a UnsafeCell<T>,
            /// Whether somebody had a `&mut` of the value: a lock that only looks changes nothing.
            is_changed: bool,
        }

        impl<T> Deref for $name<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                // SAFETY: the lock is held, and keeps writers out.
                unsafe { &*self.value.get() }
            }
        }

        impl<T> Drop for $name<'_, T> {
            fn drop(&mut self) {
                if panicking() {
                    return;
                }
                trace::record(|| Kind::Lock("unlocks", self.call, ""));
                match &mut self.held {
                    // SAFETY: this is the only drop, and nobody uses the guard after it.
                    Held::Explored(guard) => unsafe { ManuallyDrop::drop(guard) },
                    Held::Played(holders) => holders.set($end(holders.get())),
                }
                if self.is_changed {
                    changed();
                }
            }
        }

        impl<T: fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                T::fmt(self, f)
            }
        }
    };
}

guard!(MutexGuard, MutexGuard, bool, |_| false);
guard!(
    RwLockReadGuard,
    RwLockReadGuard,
    isize,
    |readers: isize| readers - 1
);
guard!(RwLockWriteGuard, RwLockWriteGuard, isize, |_| 0);

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.is_changed = true;
        // SAFETY: the lock is held, and keeps everyone else out.
        unsafe { &mut *self.value.get() }
    }
}

impl<T> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.is_changed = true;
        // SAFETY: the lock is held, and keeps everyone else out.
        unsafe { &mut *self.value.get() }
    }
}

fn locked(verb: &'static str, call: Call) {
    trace::record(|| Kind::Lock(verb, call, ""));
}

fn unpoisoned<G>(guard: LockResult<G>) -> G {
    guard.unwrap_or_else(PoisonError::into_inner)
}

macro_rules! like_std {
    ($($name:ident),*) => {$(
        impl<T: Default> Default for $name<T> {
            #[track_caller]
            fn default() -> $name<T> {
                $name::new(T::default())
            }
        }

        impl<T> From<T> for $name<T> {
            #[track_caller]
            fn from(value: T) -> $name<T> {
                $name::new(value)
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}

like_std!(Mutex, RwLock);
