//! What the slot's threads share is built from here, and only from here. Finished: nothing to edit here.
//!
//! In the service these are the types of `std`. Under `cargo test` the same names are those of `checks_loom::sync`: a check then
//! runs the threads in many orders, and knows which of them went wrong.
//!
//! What `std` has and this has not: `try_lock` and its like, `Condvar`, `Once`, `LazyLock`, `Barrier`, `Weak`, `mpsc`,
//! `thread_local!`, `park`. A loop that waits calls `hint::spin_loop()` or `thread::yield_now()`.
#![cfg_attr(
    not(test),
    allow(unused_imports, reason = "an answer takes from here what it needs")
)]

#[cfg(test)]
pub use checks_loom::sync::*;

#[cfg(not(test))]
pub use std::sync::{Arc, Mutex, MutexGuard, OnceLock, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// As in `std::sync::atomic`.
#[cfg(not(test))]
pub mod atomic {
    pub use std::sync::atomic::{
        AtomicBool, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8, AtomicU32, AtomicU64,
        AtomicUsize, Ordering, fence,
    };
}

/// For a loop that waits.
#[cfg(not(test))]
pub mod hint {
    pub use std::hint::spin_loop;
}

/// For a loop that waits.
#[cfg(not(test))]
pub mod thread {
    pub use std::thread::yield_now;
}

/// `std::cell::UnsafeCell` with loom's way in: a closure marks where an access starts and ends.
#[cfg(not(test))]
#[derive(Debug, Default)]
pub struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

#[cfg(not(test))]
#[allow(dead_code, reason = "an answer may need no cell")]
impl<T> UnsafeCell<T> {
    /// A cell that holds `value`.
    pub const fn new(value: T) -> UnsafeCell<T> {
        UnsafeCell(std::cell::UnsafeCell::new(value))
    }

    /// Calls `read` with a pointer that it may only read through, while nobody writes.
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        read(self.0.get())
    }

    /// Calls `write` with a pointer that it may write through, while nobody else reads or writes.
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        write(self.0.get())
    }

    /// The value: `&mut self` says that nobody else is there.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut()
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}
