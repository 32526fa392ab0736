//! loom's types under the names of `std`, each of them noting what it does in the [`trace`].
//!
//! While a panic unwinds, loom's scheduler must be left alone: a switch of threads in a destructor
//! would abort the process and no check could say what went wrong. So every operation does nothing then.

#![allow(
    dead_code,
    unused_imports,
    reason = "an answer takes from here what it needs"
)]

use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::atomic::Ordering;
use std::sync::{LockResult, PoisonError};
use std::thread::panicking;

use super::trace::{self, Kind, name_at};

/// As in `std::sync::atomic`.
pub mod atomic {
    pub use std::sync::atomic::Ordering;

    pub use super::{
        AtomicBool, AtomicI32, AtomicI64, AtomicIsize, AtomicPtr, AtomicU8, AtomicU32, AtomicU64,
        AtomicUsize, fence,
    };
}

/// For a loop that waits: without these calls loom runs the waiting thread only.
pub mod hint {
    /// Lets another thread run.
    pub fn spin_loop() {
        super::thread::yield_now();
    }
}

/// For a loop that waits: without these calls loom runs the waiting thread only.
pub mod thread {
    /// Rounds of waiting loops in one interleaving of which every continuation is explored. What a
    /// longer wait brings is run once: there is no end to how long a thread may wait.
    const EXPLORED_ROUNDS: usize = 2;

    /// Lets another thread run.
    pub fn yield_now() {
        if std::thread::panicking() {
            return;
        }
        if super::trace::wait_once_more() > EXPLORED_ROUNDS {
            loom::skip_branch();
        }
        loom::thread::yield_now();
    }
}

/// As `std::sync::atomic::fence`.
pub fn fence(ordering: Ordering) {
    if panicking() {
        return;
    }
    loom::sync::atomic::fence(ordering);
    trace::note(format!("fence({ordering:?})"), Kind::Fence(ordering));
}

/// A value as the tables show it.
trait Shown: Copy {
    /// What an operation gives while a panic unwinds.
    const NOTHING: Self;

    fn shown(self) -> String;
}

macro_rules! shown {
    ($($value:ty: $nothing:expr),*) => {$(
        impl Shown for $value {
            const NOTHING: $value = $nothing;

            fn shown(self) -> String {
                self.to_string()
            }
        }
    )*};
}

shown!(bool: false, u8: 0, u32: 0, u64: 0, usize: 0, i32: 0, i64: 0, isize: 0);

impl<T> Shown for *mut T {
    const NOTHING: *mut T = std::ptr::null_mut();

    fn shown(self) -> String {
        trace::pointer(self.addr())
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

/// Notes `name.operation -> value read`.
fn note<V: Shown>(
    object: usize,
    call: &Location,
    operation: &str,
    ordering: Ordering,
    read: Option<V>,
    wrote: Option<V>,
) {
    let name = name_at(call);
    let read = read.map(|value| (value.shown(), ordering));
    let wrote = wrote.map(|value| (value.shown(), ordering));
    let result = read.as_ref().map(|(value, _)| format!(" -> {value}"));
    let does = format!("{name}.{operation}{}", result.unwrap_or_default());
    let kind = Kind::Atomic {
        name,
        object,
        read,
        wrote,
    };
    trace::note(does, kind);
}

/// What an atomic hands out where std gives a `&mut`: loom has to be told of the change.
pub struct Borrowed<'a, V: Copy> {
    value: V,
    put_back: Option<Box<dyn FnOnce(V) + 'a>>,
}

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
            inner: loom::sync::atomic::$name $(<$t>)?,
            object: usize,
        }

        // SAFETY: as std's; loom runs one thread at a time.
        unsafe impl $(<$t>)? Send for $name $(<$t>)? {}
        // SAFETY: as above.
        unsafe impl $(<$t>)? Sync for $name $(<$t>)? {}

        impl $(<$t>)? $name $(<$t>)? {
            #[track_caller]
            pub fn new(value: $value) -> Self {
                let object = trace::new_object();
                let inner = loom::sync::atomic::$name::new(value);
                Self { inner, object }
            }

            #[track_caller]
            pub fn load(&self, ordering: Ordering) -> $value {
                if panicking() {
                    return Shown::NOTHING;
                }
                keep_seqcst_order(self.object, ordering);
                let value = self.inner.load(ordering);
                let operation = format!("load({ordering:?})");
                note(self.object, Location::caller(), &operation, ordering, Some(value), None);
                value
            }

            #[track_caller]
            pub fn store(&self, value: $value, ordering: Ordering) {
                if panicking() {
                    return;
                }
                self.inner.store(value, ordering);
                let operation = format!("store({}, {ordering:?})", value.shown());
                note(self.object, Location::caller(), &operation, ordering, None, Some(value));
            }

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
                keep_seqcst_order(self.object, success);
                let result = self.inner.compare_exchange(current, new, success, failure);
                let (seen, ordering, written) = match result {
                    Ok(old) => (old, success, Some(new)),
                    Err(old) => (old, failure, None),
                };
                let (from, to) = (current.shown(), new.shown());
                let operation = format!("compare_exchange({from}, {to}, {success:?}, {failure:?})");
                note(self.object, Location::caller(), &operation, ordering, Some(seen), written);
                result
            }

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
                let value = self.inner.load(Ordering::Relaxed);
                let put_back = Box::new(move |new| {
                    if new != value {
                        self.inner.store(new, Ordering::Relaxed);
                    }
                });
                Borrowed { value, put_back: Some(put_back) }
            }

            pub fn into_inner(mut self) -> $value {
                *self.get_mut()
            }

            #[track_caller]
            fn change(
                &self,
                operation: &str,
                operand: $value,
                ordering: Ordering,
                result: impl FnOnce($value) -> $value,
                run: impl FnOnce(&loom::sync::atomic::$name $(<$t>)?) -> $value,
            ) -> $value {
                if panicking() {
                    return Shown::NOTHING;
                }
                keep_seqcst_order(self.object, ordering);
                let old = run(&self.inner);
                let operation = format!("{operation}({}, {ordering:?})", operand.shown());
                let (read, wrote) = (Some(old), Some(result(old)));
                note(self.object, Location::caller(), &operation, ordering, read, wrote);
                old
            }
        }

        impl $(<$t>)? Default for $name $(<$t>)? {
            #[track_caller]
            fn default() -> Self {
                Self::new(Shown::NOTHING)
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

/// Memory that loom watches: an access that nothing orders after an earlier one ends the run.
#[derive(Debug)]
pub struct Watched {
    /// Never touched; loom keeps who accessed it when.
    memory: ManuallyDrop<loom::cell::UnsafeCell<()>>,
    object: usize,
    what: String,
}

// SAFETY: what is watched is not in here.
unsafe impl Sync for Watched {}

impl Watched {
    /// Making it counts as a write.
    pub fn new(what: String) -> Watched {
        let object = trace::new_object();
        let kind = Kind::Plain {
            object,
            writes: true,
        };
        trace::note(format!("makes {what}"), kind);
        trace::made_one();
        Watched {
            memory: ManuallyDrop::new(loom::cell::UnsafeCell::new(())),
            object,
            what,
        }
    }

    /// A read of all of it.
    pub fn read(&self) {
        self.access("reads", false);
    }

    fn access(&self, verb: &str, writes: bool) {
        if panicking() {
            return;
        }
        // Noted first: loom ends the run inside an access that is a race.
        let object = self.object;
        trace::note(
            format!("{verb} {}", self.what),
            Kind::Plain { object, writes },
        );
        self.watch(writes);
    }

    fn watch(&self, writes: bool) {
        if panicking() {
            return;
        }
        if writes {
            self.memory.with_mut(|_| ());
        } else {
            self.memory.with(|_| ());
        }
    }
}

/// Freeing counts as a write.
impl Drop for Watched {
    fn drop(&mut self) {
        self.access("frees", true);
        if !panicking() {
            trace::freed_one();
        }
    }
}

/// As the crate's own `UnsafeCell`, and watched.
pub struct UnsafeCell<T> {
    value: std::cell::UnsafeCell<T>,
    memory: loom::cell::UnsafeCell<()>,
    object: usize,
}

impl<T> UnsafeCell<T> {
    pub fn new(value: T) -> UnsafeCell<T> {
        UnsafeCell {
            value: std::cell::UnsafeCell::new(value),
            memory: loom::cell::UnsafeCell::new(()),
            object: trace::new_object(),
        }
    }

    #[track_caller]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        self.access(false, Location::caller());
        let result = read(self.value.get());
        self.watch(false);
        result
    }

    #[track_caller]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        self.access(true, Location::caller());
        let result = write(self.value.get());
        self.watch(true);
        result
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.watch(true);
        self.value.get_mut()
    }

    pub fn into_inner(self) -> T {
        self.watch(true);
        self.value.into_inner()
    }

    fn access(&self, writes: bool, call: &Location) {
        if panicking() {
            return;
        }
        let object = self.object;
        let verb = if writes { "writes" } else { "reads" };
        trace::note(
            format!("{verb} `{}`", name_at(call)),
            Kind::Plain { object, writes },
        );
        self.watch(writes);
    }

    /// An access from start to end is two of no length, so that no guard of loom's has to unwind.
    fn watch(&self, writes: bool) {
        if panicking() {
            return;
        }
        if writes {
            self.memory.with_mut(|_| ());
        } else {
            self.memory.with(|_| ());
        }
    }
}

impl<T: Default> Default for UnsafeCell<T> {
    fn default() -> UnsafeCell<T> {
        UnsafeCell::new(T::default())
    }
}

impl<T> fmt::Debug for UnsafeCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnsafeCell")
    }
}

/// A guard of loom's that does not run while a panic unwinds, and notes its end.
#[derive(Debug)]
pub struct Guard<G> {
    guard: ManuallyDrop<G>,
    /// `unlocks current`.
    ends: String,
}

impl<G> Guard<G> {
    fn new(guard: LockResult<G>, call: &Location, starts: &str) -> LockResult<Self> {
        let name = name_at(call);
        trace::note(format!("{starts} `{name}`"), Kind::Other);
        Ok(Guard {
            guard: ManuallyDrop::new(guard.unwrap_or_else(PoisonError::into_inner)),
            ends: format!("unlocks `{name}`"),
        })
    }
}

impl<G: Deref> Deref for Guard<G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.guard
    }
}

impl<G: DerefMut> DerefMut for Guard<G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.guard
    }
}

impl<G> Drop for Guard<G> {
    fn drop(&mut self) {
        if !panicking() {
            trace::note(std::mem::take(&mut self.ends), Kind::Other);
            // SAFETY: this is the only drop, and nobody uses the guard after it.
            unsafe { ManuallyDrop::drop(&mut self.guard) };
        }
    }
}

pub type MutexGuard<'a, T> = Guard<loom::sync::MutexGuard<'a, T>>;
pub type RwLockReadGuard<'a, T> = Guard<loom::sync::RwLockReadGuard<'a, T>>;
pub type RwLockWriteGuard<'a, T> = Guard<loom::sync::RwLockWriteGuard<'a, T>>;

/// As `std::sync::Mutex`, but never poisoned. There is no `try_lock`: loom switches no threads while a
/// lock is held, so that it would never see one fail.
#[derive(Debug)]
pub struct Mutex<T>(loom::sync::Mutex<T>);

impl<T> Mutex<T> {
    pub fn new(value: T) -> Mutex<T> {
        Mutex(loom::sync::Mutex::new(value))
    }

    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        Guard::new(self.0.lock(), Location::caller(), "locks")
    }

    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }

    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Mutex<T> {
        Mutex::new(T::default())
    }
}

/// As `std::sync::RwLock`, but never poisoned, and without `try_read` and `try_write` as above.
#[derive(Debug)]
pub struct RwLock<T>(loom::sync::RwLock<T>);

impl<T> RwLock<T> {
    pub fn new(value: T) -> RwLock<T> {
        RwLock(loom::sync::RwLock::new(value))
    }

    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        Guard::new(self.0.read(), Location::caller(), "locks for reading")
    }

    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        Guard::new(self.0.write(), Location::caller(), "locks for writing")
    }

    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }

    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> RwLock<T> {
        RwLock::new(T::default())
    }
}

/// As `std::sync::Arc`.
pub struct Arc<T>(ManuallyDrop<loom::sync::Arc<T>>);

impl<T> Arc<T> {
    #[track_caller]
    pub fn new(value: T) -> Arc<T> {
        Arc::of(loom::sync::Arc::new(value))
    }

    pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {
        loom::sync::Arc::ptr_eq(&this.0, &other.0)
    }

    pub fn as_ptr(this: &Arc<T>) -> *const T {
        loom::sync::Arc::as_ptr(&this.0)
    }

    pub fn into_raw(this: Arc<T>) -> *const T {
        loom::sync::Arc::into_raw(this.into_loom())
    }

    /// # Safety
    /// As std's.
    pub unsafe fn from_raw(pointer: *const T) -> Arc<T> {
        // SAFETY: the caller's word.
        Arc::of(unsafe { loom::sync::Arc::from_raw(pointer) })
    }

    /// # Safety
    /// As std's.
    pub unsafe fn increment_strong_count(pointer: *const T) {
        if !panicking() {
            // SAFETY: the caller's word.
            unsafe { loom::sync::Arc::increment_strong_count(pointer) };
        }
    }

    /// # Safety
    /// As std's.
    pub unsafe fn decrement_strong_count(pointer: *const T) {
        if !panicking() {
            // SAFETY: the caller's word.
            unsafe { loom::sync::Arc::decrement_strong_count(pointer) };
        }
    }

    pub fn strong_count(this: &Arc<T>) -> usize {
        loom::sync::Arc::strong_count(&this.0)
    }

    pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {
        loom::sync::Arc::get_mut(&mut this.0)
    }

    pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {
        loom::sync::Arc::try_unwrap(this.into_loom()).map_err(Arc::of)
    }

    pub fn into_inner(this: Arc<T>) -> Option<T> {
        Arc::try_unwrap(this).ok()
    }

    fn of(inner: loom::sync::Arc<T>) -> Arc<T> {
        Arc(ManuallyDrop::new(inner))
    }

    fn into_loom(mut self) -> loom::sync::Arc<T> {
        // SAFETY: `self` is forgotten at once, so that this is the only use.
        let inner = unsafe { ManuallyDrop::take(&mut self.0) };
        std::mem::forget(self);
        inner
    }
}

impl<T> Clone for Arc<T> {
    #[track_caller]
    fn clone(&self) -> Arc<T> {
        Arc(self.0.clone())
    }
}

impl<T> Drop for Arc<T> {
    fn drop(&mut self) {
        if !panicking() {
            // SAFETY: this is the only drop, and nobody uses it after.
            unsafe { ManuallyDrop::drop(&mut self.0) };
        }
    }
}

impl<T> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T> From<T> for Arc<T> {
    #[track_caller]
    fn from(value: T) -> Arc<T> {
        Arc::new(value)
    }
}

impl<T: Default> Default for Arc<T> {
    #[track_caller]
    fn default() -> Arc<T> {
        Arc::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}

/// As `std::sync::OnceLock`; loom has none.
pub struct OnceLock<T> {
    is_set: loom::sync::atomic::AtomicBool,
    /// Held by the one who sets.
    setting: loom::sync::Mutex<()>,
    value: std::cell::UnsafeCell<Option<T>>,
}

// SAFETY: as std's: `value` is written once, under `setting`, and read after `is_set` only.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    pub fn new() -> OnceLock<T> {
        OnceLock {
            is_set: loom::sync::atomic::AtomicBool::new(false),
            setting: loom::sync::Mutex::new(()),
            value: std::cell::UnsafeCell::new(None),
        }
    }

    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        let value = self.get_quietly();
        let found = if value.is_some() { "Some" } else { "None" };
        let name = name_at(Location::caller());
        trace::note(format!("{name}.get() -> {found}"), Kind::Other);
        value
    }

    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init_quietly(|| value.take().expect("called once"));
        let name = name_at(Location::caller());
        trace::note(format!("{name}.set(..)"), Kind::Other);
        value.map_or(Ok(()), Err)
    }

    #[track_caller]
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        let value = self.get_or_init_quietly(make);
        let name = name_at(Location::caller());
        trace::note(format!("{name}.get_or_init(..)"), Kind::Other);
        value
    }

    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    pub fn take(&mut self) -> Option<T> {
        std::mem::take(self).into_inner()
    }

    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    fn get_quietly(&self) -> Option<&T> {
        if panicking() || !self.is_set.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: it is set, and `Acquire` pairs with the `Release` of the one who set it.
        unsafe { (*self.value.get()).as_ref() }
    }

    fn get_or_init_quietly(&self, make: impl FnOnce() -> T) -> &T {
        if self.get_quietly().is_none() {
            let setting = self.setting.lock();
            if self.get_quietly().is_none() {
                // SAFETY: not set, and the lock keeps others from setting it.
                unsafe { *self.value.get() = Some(make()) };
                self.is_set.store(true, Ordering::Release);
            }
            drop(setting);
        }
        self.get_quietly().expect("it was set just now")
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnceLock")
    }
}
