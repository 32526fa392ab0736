use std::cell::Cell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::atomic::Ordering;
use std::thread::panicking;

use super::{Inner, Mode, changed, mode, point, wait};
use crate::trace::{self, Call, Kind, Operation, Value};

/// As `std::sync::atomic::fence`.
pub fn fence(ordering: Ordering) {
    if panicking() {
        return;
    }
    point();
    if mode() == Mode::Explored {
        loom::sync::atomic::fence(ordering);
    }
    trace::record(|| Kind::Fence(ordering));
}

/// A value as tables show it.
trait Shown: Copy + PartialEq {
    /// What an operation gives while a panic unwinds.
    const NOTHING: Self;

    fn shown(self) -> Value;
}

macro_rules! shown {
    ($($value:ty),*) => {$(
        impl Shown for $value {
            const NOTHING: $value = 0;

            fn shown(self) -> Value {
                Value::Number(self as i128)
            }
        }
    )*};
}

shown!(u8, u32, u64, usize, i32, i64, isize);

impl Shown for bool {
    const NOTHING: bool = false;

    fn shown(self) -> Value {
        Value::Bool(self)
    }
}

impl<T> Shown for *mut T {
    const NOTHING: *mut T = std::ptr::null_mut();

    fn shown(self) -> Value {
        Value::Pointer(self.addr())
    }
}

/// loom treats a `SeqCst` access as `AcqRel`, which would refuse right answers: a thread that writes
/// one atomic and then reads another, both `SeqCst`, relies on their total order. loom knows that order
/// for fences, so such a thread gets one between the two.
fn keep_seqcst_order(object: usize, ordering: Ordering) {
    if ordering == Ordering::SeqCst && trace::wrote_seqcst_elsewhere(object) {
        loom::sync::atomic::fence(Ordering::SeqCst);
    }
}

/// An operation that ends: is noted, and tells whether the thread waits in a loop.
fn done<V: Shown>(
    object: usize,
    call: Call,
    (name, operands, orderings): (&'static str, [Option<V>; 2], [Option<Ordering>; 2]),
    read: Option<(V, Ordering)>,
    wrote: Option<(V, Ordering)>,
) {
    let shown = |(value, ordering): (V, Ordering)| (value.shown(), ordering);
    if wrote.is_some_and(|(value, _)| read.is_none_or(|(old, _)| old != value)) {
        changed();
    }
    let waits = trace::record_atomic(Operation {
        call,
        object,
        name,
        operands: operands.map(|operand| operand.map(Shown::shown)),
        orderings,
        read: read.map(shown),
        wrote: wrote.map(shown),
    });
    if waits {
        wait();
    }
}

/// What an atomic hands out where std gives a `&mut`: loom has to be told of the change.
pub struct Borrowed<'a, V: Copy> {
    value: V,
    put_back: Option<PutBack<'a, V>>,
}

type PutBack<'a, V> = Box<dyn FnOnce(V) + 'a>;

impl<V: Copy> Deref for Borrowed<'_, V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}

impl<V: Copy> DerefMut for Borrowed<'_, V> {
    fn deref_mut(&mut self) -> &mut V {
        &mut self.value
    }
}

impl<V: Copy> Drop for Borrowed<'_, V> {
    fn drop(&mut self) {
        if let Some(put_back) = self.put_back.take()
            && !panicking()
        {
            put_back(self.value);
        }
    }
}

macro_rules! atomic {
    ($name:ident $(<$t:ident>)?, $value:ty) => {
        #[doc = concat!("As `std::sync::atomic::", stringify!($name), "`.")]
        pub struct $name $(<$t>)? {
            inner: Inner<loom::sync::atomic::$name $(<$t>)?, Cell<$value>>,
            object: usize,
        }

        // SAFETY: as std's; all threads of a run are on one of the system's, and any other one panics before it gets here.
        unsafe impl $(<$t>)? Send for $name $(<$t>)? {}
        // SAFETY: as above.
        unsafe impl $(<$t>)? Sync for $name $(<$t>)? {}

        impl $(<$t>)? $name $(<$t>)? {
            /// An atomic that holds `value`.
            #[track_caller]
            pub fn new(value: $value) -> Self {
                let inner = Inner::new(value, loom::sync::atomic::$name::new, Cell::new);
                Self { inner, object: trace::new_object() }
            }

            /// As std's.
            #[track_caller]
            pub fn load(&self, ordering: Ordering) -> $value {
                if panicking() {
                    return Shown::NOTHING;
                }
                point();
                let value = match &self.inner {
                    Inner::Explored(atomic) => {
                        keep_seqcst_order(self.object, ordering);
                        atomic.load(ordering)
                    }
                    Inner::Played(value) => value.get(),
                };
                let what = ("load", [None, None], [Some(ordering), None]);
                done(self.object, Location::caller(), what, Some((value, ordering)), None);
                value
            }

            /// As std's.
            #[track_caller]
            pub fn store(&self, value: $value, ordering: Ordering) {
                if panicking() {
                    return;
                }
                point();
                match &self.inner {
                    Inner::Explored(atomic) => atomic.store(value, ordering),
                    Inner::Played(cell) => cell.set(value),
                }
                let what = ("store", [Some(value), None], [Some(ordering), None]);
                done(self.object, Location::caller(), what, None, Some((value, ordering)));
            }

            /// As std's.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                if panicking() {
                    return Ok(current);
                }
                point();
                let result = match &self.inner {
                    Inner::Explored(atomic) => {
                        keep_seqcst_order(self.object, success);
                        atomic.compare_exchange(current, new, success, failure)
                    }
                    Inner::Played(cell) if cell.get() == current => Ok(cell.replace(new)),
                    Inner::Played(cell) => Err(cell.get()),
                };
                let (read, wrote) = match result {
                    Ok(old) => ((old, success), Some((new, success))),
                    Err(old) => ((old, failure), None),
                };
                let what = ("compare_exchange", [Some(current), Some(new)], [Some(success), Some(failure)]);
                done(self.object, Location::caller(), what, Some(read), wrote);
                result
            }

            /// As std's; it never fails for no reason.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.compare_exchange(current, new, success, failure)
            }

            /// As std's.
            ///
            /// # Errors
            ///
            /// The value, if `update` has none to put in its place.
            #[track_caller]
            pub fn fetch_update(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut update: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                let mut seen = self.load(fetch);
                while let Some(next) = update(seen) {
                    match self.compare_exchange(seen, next, set, fetch) {
                        Err(other) => seen = other,
                        done => return done,
                    }
                }
                Err(seen)
            }

            /// As std's, but with a handle in place of the `&mut`.
            pub fn get_mut(&mut self) -> Borrowed<'_, $value> {
                if panicking() {
                    return Borrowed { value: Shown::NOTHING, put_back: None };
                }
                // `&mut` orders this after everything else, `Relaxed` or not.
                let value = match &self.inner {
                    Inner::Explored(atomic) => atomic.load(Ordering::Relaxed),
                    Inner::Played(value) => value.get(),
                };
                let inner = &self.inner;
                let put_back = move |new| match inner {
                    Inner::Explored(atomic) if new != value => atomic.store(new, Ordering::Relaxed),
                    Inner::Explored(_) => {}
                    Inner::Played(cell) => cell.set(new),
                };
                Borrowed { value, put_back: Some(Box::new(put_back)) }
            }

            /// As std's.
            pub fn into_inner(mut self) -> $value {
                *self.get_mut()
            }

            #[track_caller]
            fn change(
                &self,
                operation: &'static str,
                operand: $value,
                ordering: Ordering,
                result: impl FnOnce($value) -> $value,
                run: impl FnOnce(&loom::sync::atomic::$name $(<$t>)?) -> $value,
            ) -> $value {
                if panicking() {
                    return Shown::NOTHING;
                }
                point();
                let (old, new) = match &self.inner {
                    Inner::Explored(atomic) => {
                        keep_seqcst_order(self.object, ordering);
                        let old = run(atomic);
                        (old, result(old))
                    }
                    Inner::Played(cell) => {
                        let old = cell.get();
                        cell.set(result(old));
                        (old, cell.get())
                    }
                };
                let what = (operation, [Some(operand), None], [Some(ordering), None]);
                let (read, wrote) = ((old, ordering), (new, ordering));
                done(self.object, Location::caller(), what, Some(read), Some(wrote));
                old
            }
        }

        impl $(<$t>)? Default for $name $(<$t>)? {
            #[track_caller]
            fn default() -> Self {
                Self::new(Shown::NOTHING)
            }
        }

        impl $(<$t>)? From<$value> for $name $(<$t>)? {
            #[track_caller]
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }

        impl $(<$t>)? fmt::Debug for $name $(<$t>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}

macro_rules! swap {
    ($name:ident $(<$t:ident>)?, $value:ty) => {
        impl $(<$t>)? $name $(<$t>)? {
            /// As std's.
            #[track_caller]
            pub fn swap(&self, value: $value, ordering: Ordering) -> $value {
                let change = |_| value;
                self.change("swap", value, ordering, change, |atomic| atomic.swap(value, ordering))
            }
        }
    };
}

/// `fetch_add` and its like: what each makes of the old value `$old` and the operand `$new`.
macro_rules! fetch {
    ($($name:ident: $($operation:ident($old:ident, $new:ident) = $result:expr),*;)*) => {$(
        impl $name {$(
            /// As std's.
            #[track_caller]
            pub fn $operation(&self, $new: fetch!(@ $name), ordering: Ordering) -> fetch!(@ $name) {
                let run = |atomic: &loom::sync::atomic::$name| atomic.$operation($new, ordering);
                self.change(stringify!($operation), $new, ordering, |$old| $result, run)
            }
        )*}
    )*};
    (@ AtomicBool) => { bool };
    (@ AtomicU8) => { u8 };
    (@ AtomicU32) => { u32 };
    (@ AtomicU64) => { u64 };
    (@ AtomicUsize) => { usize };
    (@ AtomicI32) => { i32 };
    (@ AtomicI64) => { i64 };
    (@ AtomicIsize) => { isize };
}

macro_rules! integers {
    ($($name:ident: $value:ty),*) => {$(
        atomic!($name, $value);
        swap!($name, $value);
        fetch! {
            $name:
                fetch_add(old, with) = old.wrapping_add(with),
                fetch_sub(old, with) = old.wrapping_sub(with),
                fetch_and(old, with) = old & with,
                fetch_or(old, with) = old | with,
                fetch_xor(old, with) = old ^ with,
                fetch_max(old, with) = old.max(with),
                fetch_min(old, with) = old.min(with);
        }
    )*};
}

integers!(AtomicU8: u8, AtomicU32: u32, AtomicU64: u64, AtomicUsize: usize);
integers!(AtomicI32: i32, AtomicI64: i64, AtomicIsize: isize);
atomic!(AtomicBool, bool);
atomic!(AtomicPtr<T>, *mut T);
swap!(AtomicPtr<T>, *mut T);
fetch! {
    AtomicBool:
        fetch_and(old, with) = old & with,
        fetch_or(old, with) = old | with,
        fetch_xor(old, with) = old ^ with;
}

impl AtomicBool {
    /// A swap that changes nothing writes nothing here: in loom a loop of such writes, as in a spin lock,
    /// would for ever come before the store that ends it.
    #[track_caller]
    pub fn swap(&self, value: bool, ordering: Ordering) -> bool {
        let failure = match ordering {
            Ordering::Relaxed | Ordering::Release => Ordering::Relaxed,
            _ => Ordering::Acquire,
        };
        let run = |atomic: &loom::sync::atomic::AtomicBool| match atomic
            .compare_exchange(!value, value, ordering, failure)
        {
            Ok(old) | Err(old) => old,
        };
        self.change("swap", value, ordering, |_| value, run)
    }
}
