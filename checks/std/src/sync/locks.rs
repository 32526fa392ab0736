use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use checks::schedule;

/// The same result, of another guard.
pub(super) fn map<G, H>(locked: LockResult<G>, change: impl FnOnce(G) -> H) -> LockResult<H> {
    match locked {
        Ok(guard) => Ok(change(guard)),
        Err(poisoned) => Err(PoisonError::new(change(poisoned.into_inner()))),
    }
}

macro_rules! lock {
    ($Lock:ident) => {
        #[doc = concat!("See [`std::sync::", stringify!($Lock), "`].")]
        #[derive(Debug, Default)]
        pub struct $Lock<T: ?Sized>(std::sync::$Lock<T>);

        impl<T> $Lock<T> {
            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::new`].")]
            pub const fn new(value: T) -> $Lock<T> {
                $Lock(std::sync::$Lock::new(value))
            }

            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::into_inner`].")]
            ///
            /// # Errors
            /// If it is poisoned.
            pub fn into_inner(self) -> LockResult<T> {
                self.0.into_inner()
            }
        }

        impl<T: ?Sized> $Lock<T> {
            fn key(&self) -> usize {
                (&raw const self.0).addr()
            }

            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::is_poisoned`].")]
            pub fn is_poisoned(&self) -> bool {
                self.0.is_poisoned()
            }

            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::clear_poison`].")]
            pub fn clear_poison(&self) {
                self.0.clear_poison();
            }

            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::get_mut`].")]
            ///
            /// # Errors
            /// If it is poisoned.
            pub fn get_mut(&mut self) -> LockResult<&mut T> {
                self.0.get_mut()
            }
        }

        impl<T> From<T> for $Lock<T> {
            fn from(value: T) -> $Lock<T> {
                $Lock::new(value)
            }
        }
    };
}

/// One way to lock it: the guard, and the methods that give it.
macro_rules! way {
    ($Lock:ident, $Guard:ident, $lock:ident, $try_lock:ident, $relock:ident) => {
        #[doc = concat!("See [`std::sync::", stringify!($Guard), "`].")]
        #[must_use = "if unused the lock will immediately unlock"]
        pub struct $Guard<'a, T: ?Sized> {
            pub(super) lock: &'a $Lock<T>,
            /// `None` only while it is dropped.
            guard: Option<std::sync::$Guard<'a, T>>,
        }

        impl<T: ?Sized> $Lock<T> {
            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::", stringify!($lock), "`].")]
            ///
            /// # Errors
            /// If it is poisoned.
            pub fn $lock(&self) -> LockResult<$Guard<'_, T>> {
                schedule::step();
                self.$relock()
            }

            #[doc = concat!("See [`std::sync::", stringify!($Lock), "::", stringify!($try_lock), "`].")]
            ///
            /// # Errors
            /// If it is poisoned or locked.
            pub fn $try_lock(&self) -> TryLockResult<$Guard<'_, T>> {
                schedule::step();
                match self.0.$try_lock() {
                    Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
                    Err(TryLockError::Poisoned(poisoned)) => {
                        let locked = map(Err(poisoned), |guard| $Guard::of_real(self, guard));
                        locked.map_err(TryLockError::Poisoned)
                    }
                    Ok(guard) => Ok($Guard::of_real(self, guard)),
                }
            }

            /// The lock, without letting another thread go on first.
            pub(super) fn $relock(&self) -> LockResult<$Guard<'_, T>> {
                let mut locked = None;
                while schedule::is_scheduled() && locked.is_none() {
                    locked = match self.0.$try_lock() {
                        Ok(guard) => Some(Ok(guard)),
                        Err(TryLockError::Poisoned(poisoned)) => Some(Err(poisoned)),
                        Err(TryLockError::WouldBlock) => {
                            schedule::wait(self.key());
                            None
                        }
                    };
                }
                let locked = locked.unwrap_or_else(|| self.0.$lock());
                map(locked, |guard| $Guard::of_real(self, guard))
            }
        }

        impl<'a, T: ?Sized> $Guard<'a, T> {
            pub(super) fn of_real(lock: &'a $Lock<T>, guard: std::sync::$Guard<'a, T>) -> Self {
                let guard = Some(guard);
                $Guard { lock, guard }
            }

            fn real(&self) -> &std::sync::$Guard<'a, T> {
                self.guard.as_ref().expect("it is there until the drop")
            }
        }

        impl<T: ?Sized> Drop for $Guard<'_, T> {
            fn drop(&mut self) {
                if self.guard.is_some() {
                    // Others may find it locked.
                    schedule::step();
                    self.guard = None;
                    schedule::change();
                    schedule::wake(self.lock.key());
                }
            }
        }

        impl<T: ?Sized> Deref for $Guard<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                self.real()
            }
        }

        impl<T: ?Sized + fmt::Debug> fmt::Debug for $Guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $Guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    };
}

macro_rules! exclusive {
    ($Lock:ident, $Guard:ident) => {
        impl<T: ?Sized> DerefMut for $Guard<'_, T> {
            fn deref_mut(&mut self) -> &mut T {
                self.guard.as_mut().expect("it is there until the drop")
            }
        }

        impl<'a, T: ?Sized> $Guard<'a, T> {
            /// The standard library's guard: nobody is woken.
            pub(super) fn into_real(mut self) -> (&'a $Lock<T>, std::sync::$Guard<'a, T>) {
                let guard = self.guard.take().expect("it is there until the drop");
                (self.lock, guard)
            }
        }
    };
}

lock!(Mutex);
way!(Mutex, MutexGuard, lock, try_lock, relock);
exclusive!(Mutex, MutexGuard);

lock!(RwLock);
way!(RwLock, RwLockReadGuard, read, try_read, read_again);
way!(RwLock, RwLockWriteGuard, write, try_write, write_again);
exclusive!(RwLock, RwLockWriteGuard);

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// See [`std::sync::RwLockWriteGuard::downgrade`].
    pub fn downgrade(guard: RwLockWriteGuard<'a, T>) -> RwLockReadGuard<'a, T> {
        schedule::step();
        let (lock, real) = guard.into_real();
        let guard = RwLockReadGuard::of_real(lock, std::sync::RwLockWriteGuard::downgrade(real));
        schedule::change();
        schedule::wake(lock.key());
        guard
    }
}
