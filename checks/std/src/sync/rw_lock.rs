use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use checks::schedule;

/// See [`std::sync::RwLock`].
#[derive(Debug, Default)]
pub struct RwLock<T: ?Sized>(std::sync::RwLock<T>);

impl<T> RwLock<T> {
    /// See [`std::sync::RwLock::new`].
    pub const fn new(value: T) -> RwLock<T> {
        RwLock(std::sync::RwLock::new(value))
    }

    /// See [`std::sync::RwLock::into_inner`].
    ///
    /// # Errors
    /// If it is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    fn key(&self) -> usize {
        (&raw const self.0).addr()
    }

    /// See [`std::sync::RwLock::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        self.0.is_poisoned()
    }

    /// See [`std::sync::RwLock::clear_poison`].
    pub fn clear_poison(&self) {
        self.0.clear_poison();
    }

    /// See [`std::sync::RwLock::get_mut`].
    ///
    /// # Errors
    /// If it is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> RwLock<T> {
        RwLock::new(value)
    }
}

/// One way to lock it: the guard, and the methods that give it.
macro_rules! way {
    ($Guard:ident, $lock:ident, $try_lock:ident) => {
        #[doc = concat!("See [`std::sync::", stringify!($Guard), "`].")]
        #[must_use = "if unused the RwLock will immediately unlock"]
        pub struct $Guard<'a, T: ?Sized> {
            key: usize,
            /// `None` only while it is dropped.
            guard: Option<std::sync::$Guard<'a, T>>,
        }

        impl<T: ?Sized> RwLock<T> {
            #[doc = concat!("See [`std::sync::RwLock::", stringify!($lock), "`].")]
            ///
            /// # Errors
            /// If it is poisoned.
            pub fn $lock(&self) -> LockResult<$Guard<'_, T>> {
                let guard = |guard| $Guard {
                    key: self.key(),
                    guard: Some(guard),
                };
                schedule::step();
                while schedule::is_scheduled() {
                    match self.0.$try_lock() {
                        Ok(real) => return Ok(guard(real)),
                        Err(TryLockError::Poisoned(poisoned)) => {
                            return Err(PoisonError::new(guard(poisoned.into_inner())));
                        }
                        Err(TryLockError::WouldBlock) => schedule::wait(self.key()),
                    }
                }
                match self.0.$lock() {
                    Ok(real) => Ok(guard(real)),
                    Err(poisoned) => Err(PoisonError::new(guard(poisoned.into_inner()))),
                }
            }

            #[doc = concat!("See [`std::sync::RwLock::", stringify!($try_lock), "`].")]
            ///
            /// # Errors
            /// If it is poisoned or locked.
            pub fn $try_lock(&self) -> TryLockResult<$Guard<'_, T>> {
                let guard = |guard| $Guard {
                    key: self.key(),
                    guard: Some(guard),
                };
                schedule::step();
                match self.0.$try_lock() {
                    Ok(real) => Ok(guard(real)),
                    Err(TryLockError::WouldBlock) => Err(TryLockError::WouldBlock),
                    Err(TryLockError::Poisoned(poisoned)) => {
                        let guard = guard(poisoned.into_inner());
                        Err(TryLockError::Poisoned(PoisonError::new(guard)))
                    }
                }
            }
        }

        impl<T: ?Sized> Drop for $Guard<'_, T> {
            fn drop(&mut self) {
                if self.guard.is_some() {
                    // Others may find it locked.
                    schedule::step();
                    self.guard = None;
                    schedule::change();
                    schedule::wake(self.key);
                }
            }
        }

        impl<T: ?Sized> Deref for $Guard<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                self.guard.as_ref().expect("it is there until the drop")
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

way!(RwLockReadGuard, read, try_read);
way!(RwLockWriteGuard, write, try_write);

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.guard.as_mut().expect("it is there until the drop")
    }
}
