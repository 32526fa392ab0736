//! What threads share, under the names of `std`. It works inside [`explore`](crate::Explorer::explore) and
//! [`play`](crate::Player::play) only.
//!
//! There are `Arc`, `Mutex`, `OnceLock`, `RwLock` with their guards, `atomic`, `hint`, `thread`, and an [`UnsafeCell`] whose
//! `with` and `with_mut` lend a pointer. Locks are never poisoned and have no `try_lock`. There is no `Condvar`, `Once`,
//! `LazyLock`, `Barrier`, `Weak`, `mpsc`, `thread_local!`, `park`.
//!
//! While a panic unwinds, the scheduler must be left alone: a switch of threads in a destructor would abort the process, and no
//! check could say what went wrong. So every operation does nothing then.

mod arc;
mod atomics;
mod cell;
mod locks;
mod once_lock;

use std::cell::Cell;

pub use arc::Arc;
pub use cell::UnsafeCell;
pub use locks::{Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use once_lock::OnceLock;

use crate::play;

/// As in `std::sync::atomic`.
pub mod atomic {
    pub use std::sync::atomic::Ordering;

    pub use super::atomics::{
        AtomicBool, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8, AtomicU32, AtomicU64,
        AtomicUsize, Borrowed, fence,
    };
}

/// For a loop that waits.
pub mod hint {
    /// Lets another thread run.
    pub fn spin_loop() {
        super::wait();
    }
}

/// For a loop that waits.
pub mod thread {
    /// Lets another thread run.
    pub fn yield_now() {
        super::wait();
    }
}

/// How threads run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// By loom, in every interleaving.
    Explored,
    /// In one order.
    Played,
}

thread_local! {
    static MODE: Cell<Option<Mode>> = const { Cell::new(None) };
}

/// How threads run at the moment.
pub(crate) fn mode() -> Mode {
    MODE.get().unwrap_or_else(|| {
        panic!(
            "`crate::sync` is used outside of a check's threads: it works in what a check runs, and in no thread of `std`"
        )
    })
}

pub(crate) fn enter(mode: Mode) {
    MODE.set(Some(mode));
    crate::watched::clear();
}

pub(crate) fn leave() {
    MODE.set(None);
    play::end();
}

/// What a type is made of: loom's, or a plain value.
#[derive(Debug)]
enum Inner<E, P> {
    /// On the heap: threads of a model have small stacks, and a slot may hold many of these.
    Explored(Box<E>),
    Played(P),
}

impl<E, P> Inner<E, P> {
    #[track_caller]
    fn new<V>(value: V, explored: impl FnOnce(V) -> E, played: impl FnOnce(V) -> P) -> Inner<E, P> {
        match mode() {
            Mode::Explored => Inner::Explored(Box::new(explored(value))),
            Mode::Played => Inner::Played(played(value)),
        }
    }
}

/// A step comes next: another thread may come before it. loom finds such places by itself.
fn point() {
    if mode() == Mode::Played {
        play::point();
    }
}

/// The running thread has changed what others may see.
fn changed() {
    crate::trace::progress();
    if mode() == Mode::Played {
        play::changed();
    }
}

/// Rounds of waiting loops in one interleaving of which every continuation is explored. What a longer wait brings is run once:
/// there is no end to how long a thread may wait.
const EXPLORED_ROUNDS: usize = 2;

/// The running thread waits for another one.
fn wait() {
    if std::thread::panicking() {
        return;
    }
    match mode() {
        Mode::Played => play::pause(),
        Mode::Explored => {
            if crate::trace::wait_once_more() > EXPLORED_ROUNDS {
                loom::skip_branch();
            }
            loom::thread::yield_now();
        }
    }
}
