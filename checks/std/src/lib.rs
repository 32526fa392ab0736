//! The standard library, with threads, locks, channels and atomics that tell a [`checks::schedule`] where they wait and what they
//! change.
//!
//! A crate whose code is to be checked names this one `std` among its dev-dependencies:
//!
//! ```toml
//! [dev-dependencies]
//! std = { package = "checks-std", path = "checks/std" }
//! ```
//!
//! In its tests `std::sync::Mutex` is then the one below, and the code need not know. Without tests it is compiled as ever. All that
//! is not listed below is the standard library's own; and on a thread that is in no schedule everything does what it always does.
//!
//! Not seen are `core::sync::atomic`, `Barrier`, `Once`, `OnceLock` and `LazyLock`: they do what they always do, too.

pub use ::std::*;

/// `std::hint`.
pub mod hint {
    pub use ::std::hint::*;

    /// See [`::std::hint::spin_loop`]. On a schedule the thread waits until something has changed.
    pub fn spin_loop() {
        if checks::schedule::is_scheduled() {
            checks::schedule::look();
        } else {
            ::std::hint::spin_loop();
        }
    }
}

/// `std::sync`.
pub mod sync {
    pub use ::std::sync::*;

    pub mod atomic;
    mod condvar;
    pub mod mpsc;
    mod mutex;
    mod rw_lock;

    pub use condvar::{Condvar, WaitTimeoutResult};
    pub use mutex::{Mutex, MutexGuard};
    pub use rw_lock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
}

pub mod thread;
