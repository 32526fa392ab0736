//! `std::sync::atomic`. On a schedule another thread may go on before each access.

use std::fmt;
use std::ops::{Deref, DerefMut};

use checks::schedule;

pub use ::std::sync::atomic::*;

/// What an access gives. If it has changed the value, those that look for a change may look again.
fn access<V: PartialEq, T>(value: impl Fn() -> V, access: impl FnOnce() -> T) -> T {
    if !schedule::is_scheduled() {
        return access();
    }
    schedule::step();
    let before = value();
    let result = access();
    if value() != before {
        schedule::change();
    }
    result
}

macro_rules! atomic {
    ($Atomic:ident$(<$T:ident>)?, $V:ty, $($method:ident)*) => {
        #[doc = concat!("See [`std::sync::atomic::", stringify!($Atomic), "`].")]
        #[repr(transparent)]
        pub struct $Atomic$(<$T>)?(std::sync::atomic::$Atomic$(<$T>)?);

        impl$(<$T>)? $Atomic$(<$T>)? {
            /// Holds `value`.
            pub const fn new(value: $V) -> Self {
                Self(std::sync::atomic::$Atomic::new(value))
            }

            /// The value, without an access that others could see.
            pub const fn into_inner(self) -> $V {
                self.0.into_inner()
            }

            /// Reads.
            pub fn load(&self, order: Ordering) -> $V {
                schedule::step();
                self.0.load(order)
            }

            /// Writes.
            pub fn store(&self, value: $V, order: Ordering) {
                self.access(|atomic| atomic.store(value, order));
            }

            /// Writes, and gives what was there.
            pub fn swap(&self, value: $V, order: Ordering) -> $V {
                self.access(|atomic| atomic.swap(value, order))
            }

            /// Writes `new` if `current` is there.
            ///
            /// # Errors
            /// What is there instead.
            pub fn compare_exchange(&self, current: $V, new: $V, success: Ordering, failure: Ordering) -> Result<$V, $V> {
                self.access(|atomic| atomic.compare_exchange(current, new, success, failure))
            }

            /// As `compare_exchange`, and it may fail for no reason.
            ///
            /// # Errors
            /// What is there.
            pub fn compare_exchange_weak(&self, current: $V, new: $V, success: Ordering, failure: Ordering) -> Result<$V, $V> {
                self.access(|atomic| atomic.compare_exchange_weak(current, new, success, failure))
            }

            /// Writes what `update` makes of the value, as often as it takes.
            ///
            /// # Errors
            /// What is there, if `update` gives nothing.
            pub fn fetch_update(&self, success: Ordering, failure: Ordering, mut update: impl FnMut($V) -> Option<$V>) -> Result<$V, $V> {
                let mut before = self.load(failure);
                while let Some(after) = update(before) {
                    match self.compare_exchange_weak(before, after, success, failure) {
                        Ok(before) => return Ok(before),
                        Err(now) => before = now,
                    }
                }
                Err(before)
            }

            $(
                #[doc = concat!("See [`std::sync::atomic::", stringify!($Atomic), "`].")]
                pub fn $method(&self, value: $V, order: Ordering) -> $V {
                    self.access(|atomic| atomic.$method(value, order))
                }
            )*

            fn access<R>(&self, act: impl FnOnce(&std::sync::atomic::$Atomic$(<$T>)?) -> R) -> R {
                access(|| self.0.load(Ordering::SeqCst), || act(&self.0))
            }
        }

        impl$(<$T>)? Default for $Atomic$(<$T>)? {
            fn default() -> Self {
                Self(Default::default())
            }
        }

        impl$(<$T>)? fmt::Debug for $Atomic$(<$T>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl$(<$T>)? From<$V> for $Atomic$(<$T>)? {
            fn from(value: $V) -> Self {
                Self::new(value)
            }
        }

        /// What needs no schedule: `get_mut`, `as_ptr`.
        impl$(<$T>)? Deref for $Atomic$(<$T>)? {
            type Target = std::sync::atomic::$Atomic$(<$T>)?;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl$(<$T>)? DerefMut for $Atomic$(<$T>)? {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.0
            }
        }
    };
}

macro_rules! integers {
    ($($Atomic:ident, $V:ty;)*) => {
        $(atomic!($Atomic, $V, fetch_add fetch_sub fetch_and fetch_nand fetch_or fetch_xor fetch_max fetch_min);)*
    };
}

integers! {
    AtomicI8, i8;
    AtomicI16, i16;
    AtomicI32, i32;
    AtomicI64, i64;
    AtomicIsize, isize;
    AtomicU8, u8;
    AtomicU16, u16;
    AtomicU32, u32;
    AtomicU64, u64;
    AtomicUsize, usize;
}

atomic!(AtomicBool, bool, fetch_and fetch_nand fetch_or fetch_xor);
atomic!(AtomicPtr<T>, *mut T,);

impl AtomicBool {
    /// Negates the value, and gives what was there.
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}
