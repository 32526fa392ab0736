//! The standard library, with threads, locks, channels and atomics that tell a [`checks::schedule`] where they wait and what they
//! change.
//!
//! A crate whose code is to be checked names this one `std` among its dev-dependencies:
//!
//! ```toml
//! [dev-dependencies]
//! std = { package = "checks-std", path = "checks/std" }
//! core = { package = "checks-core", path = "checks/core" }
//! ```
//!
//! In its tests `std::sync::Mutex` is then the one below, and `core::sync::atomic` is `std::sync::atomic`; the code need not know.
//! Without tests it is compiled as ever. All that is not listed below is the standard library's own; and on a thread that is in no
//! schedule everything does what it always does. `alloc` has nothing that threads wait for, and stays as it is.
//!
//! On a thread that is in no schedule [`checks::clock`] may set the clock forward. Not seen is what waits for another process, a
//! file or a network.

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
    mod barrier;
    mod condvar;
    mod locks;
    pub mod mpsc;
    mod once;

    pub use barrier::{Barrier, BarrierWaitResult};
    pub use condvar::{Condvar, WaitTimeoutResult};
    pub use locks::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};
    pub use once::{LazyLock, Once, OnceLock};
}

pub mod thread;
pub mod time;
