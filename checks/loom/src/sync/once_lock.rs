use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::panic::Location;
use std::sync::atomic::Ordering;
use std::thread::panicking;

use super::{Inner, changed, point, wait};
use crate::trace::{self, Call, Kind};

/// As `std::sync::OnceLock`; loom has none.
pub struct OnceLock<T> {
    state: Inner<(loom::sync::atomic::AtomicBool, loom::sync::Mutex<()>), Cell<State>>,
    value: UnsafeCell<Option<T>>,
}

/// Where a scene is played.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Empty,
    BeingSet,
    Set,
}

// SAFETY: as std's: `value` is written once, by the one who sets, and read after it is set only.
unsafe impl<T: Send> Send for OnceLock<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// A cell without a value.
    #[track_caller]
    pub fn new() -> OnceLock<T> {
        let explored = |()| {
            let is_set = loom::sync::atomic::AtomicBool::new(false);
            (is_set, loom::sync::Mutex::new(()))
        };
        OnceLock {
            state: Inner::new((), explored, |()| Cell::new(State::Empty)),
            value: UnsafeCell::new(None),
        }
    }

    /// As std's.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        let value = self.get_quietly();
        let found = if value.is_some() {
            ".get() -> Some"
        } else {
            ".get() -> None"
        };
        noted(Location::caller(), found);
        value
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// `value`, if there was one before.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init_quietly(|| value.take().expect("called once"));
        noted(Location::caller(), ".set(..)");
        value.map_or(Ok(()), Err)
    }

    /// As std's.
    #[track_caller]
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        let value = self.get_or_init_quietly(make);
        noted(Location::caller(), ".get_or_init(..)");
        value
    }

    /// As std's.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    /// As std's.
    #[track_caller]
    pub fn take(&mut self) -> Option<T> {
        if let Inner::Played(state) = &self.state {
            state.set(State::Empty);
            return self.value.get_mut().take();
        }
        std::mem::take(self).into_inner()
    }

    /// As std's.
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    fn get_quietly(&self) -> Option<&T> {
        if panicking() {
            return None;
        }
        point();
        let is_set = match &self.state {
            Inner::Explored(state) => state.0.load(Ordering::Acquire),
            Inner::Played(state) => state.get() == State::Set,
        };
        // SAFETY: it is set, and `Acquire` pairs with the `Release` of the one who set it.
        is_set.then(|| unsafe { (*self.value.get()).as_ref() })?
    }

    fn get_or_init_quietly(&self, make: impl FnOnce() -> T) -> &T {
        if self.get_quietly().is_none() {
            match &self.state {
                Inner::Explored(state) => {
                    let (is_set, setting) = &**state;
                    let setting = setting.lock();
                    if self.get_quietly().is_none() {
                        // SAFETY: not set, and the lock keeps others from setting it.
                        unsafe { *self.value.get() = Some(make()) };
                        is_set.store(true, Ordering::Release);
                    }
                    drop(setting);
                }
                Inner::Played(state) => {
                    while state.get() == State::BeingSet {
                        wait();
                    }
                    if state.get() == State::Empty {
                        state.set(State::BeingSet);
                        // SAFETY: `BeingSet` keeps others out.
                        unsafe { *self.value.get() = Some(make()) };
                        state.set(State::Set);
                        changed();
                    }
                }
            }
        }
        self.get_quietly().expect("it was set just now")
    }
}

fn noted(call: Call, what: &'static str) {
    trace::record(|| Kind::Lock("", call, what));
}

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> OnceLock<T> {
        let cell = OnceLock::new();
        let is_new = cell.set(value).is_ok();
        debug_assert!(is_new, "nobody else has it yet");
        cell
    }
}

impl<T> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnceLock")
    }
}
