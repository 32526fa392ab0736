use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::thread::panicking;

use super::{Inner, Mode, mode, point};

/// As `std::sync::Arc`.
pub struct Arc<T>(ManuallyDrop<Counted<T>>);

type Counted<T> = Inner<loom::sync::Arc<T>, std::sync::Arc<T>>;

impl<T> Arc<T> {
    /// An `Arc` of `value`, with one owner.
    #[track_caller]
    pub fn new(value: T) -> Arc<T> {
        Arc::of(Inner::new(value, loom::sync::Arc::new, std::sync::Arc::new))
    }

    /// As std's.
    pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {
        std::ptr::eq(Arc::as_ptr(this), Arc::as_ptr(other))
    }

    /// As std's.
    pub fn as_ptr(this: &Arc<T>) -> *const T {
        match &*this.0 {
            Inner::Explored(arc) => loom::sync::Arc::as_ptr(arc),
            Inner::Played(arc) => std::sync::Arc::as_ptr(arc),
        }
    }

    /// As std's.
    pub fn into_raw(this: Arc<T>) -> *const T {
        match this.into_counted() {
            Inner::Explored(arc) => loom::sync::Arc::into_raw(*arc),
            Inner::Played(arc) => std::sync::Arc::into_raw(arc),
        }
    }

    /// As std's.
    ///
    /// # Safety
    ///
    /// As std's.
    pub unsafe fn from_raw(pointer: *const T) -> Arc<T> {
        Arc::of(match mode() {
            Mode::Explored => {
                // SAFETY: the caller's word.
                let arc = unsafe { loom::sync::Arc::from_raw(pointer) };
                Inner::Explored(Box::new(arc))
            }
            // SAFETY: as above.
            Mode::Played => Inner::Played(unsafe { std::sync::Arc::from_raw(pointer) }),
        })
    }

    /// As std's.
    ///
    /// # Safety
    ///
    /// As std's.
    pub unsafe fn increment_strong_count(pointer: *const T) {
        if panicking() {
            return;
        }
        point();
        match mode() {
            // SAFETY: the caller's word.
            Mode::Explored => unsafe { loom::sync::Arc::increment_strong_count(pointer) },
            // SAFETY: as above.
            Mode::Played => unsafe { std::sync::Arc::increment_strong_count(pointer) },
        }
    }

    /// As std's.
    ///
    /// # Safety
    ///
    /// As std's.
    pub unsafe fn decrement_strong_count(pointer: *const T) {
        if panicking() {
            return;
        }
        point();
        match mode() {
            // SAFETY: the caller's word.
            Mode::Explored => unsafe { loom::sync::Arc::decrement_strong_count(pointer) },
            // SAFETY: as above.
            Mode::Played => unsafe { std::sync::Arc::decrement_strong_count(pointer) },
        }
    }

    /// As std's.
    pub fn strong_count(this: &Arc<T>) -> usize {
        point();
        match &*this.0 {
            Inner::Explored(arc) => loom::sync::Arc::strong_count(arc),
            Inner::Played(arc) => std::sync::Arc::strong_count(arc),
        }
    }

    /// As std's.
    pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {
        point();
        match &mut *this.0 {
            Inner::Explored(arc) => loom::sync::Arc::get_mut(arc),
            Inner::Played(arc) => std::sync::Arc::get_mut(arc),
        }
    }

    /// As std's.
    ///
    /// # Errors
    ///
    /// The `Arc`, if it has other owners.
    pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {
        point();
        match this.into_counted() {
            Inner::Explored(arc) => loom::sync::Arc::try_unwrap(*arc)
                .map_err(|arc| Arc::of(Inner::Explored(Box::new(arc)))),
            Inner::Played(arc) => {
                std::sync::Arc::try_unwrap(arc).map_err(|arc| Arc::of(Inner::Played(arc)))
            }
        }
    }

    /// As std's.
    pub fn into_inner(this: Arc<T>) -> Option<T> {
        Arc::try_unwrap(this).ok()
    }

    fn of(counted: Counted<T>) -> Arc<T> {
        Arc(ManuallyDrop::new(counted))
    }

    fn into_counted(mut self) -> Counted<T> {
        // SAFETY: `self` is forgotten at once, so that this is the only use.
        let counted = unsafe { ManuallyDrop::take(&mut self.0) };
        std::mem::forget(self);
        counted
    }
}

impl<T> Clone for Arc<T> {
    #[track_caller]
    fn clone(&self) -> Arc<T> {
        point();
        let counted = match &*self.0 {
            Inner::Explored(arc) => Inner::Explored(arc.clone()),
            Inner::Played(arc) => Inner::Played(arc.clone()),
        };
        Arc::of(counted)
    }
}

impl<T> Drop for Arc<T> {
    fn drop(&mut self) {
        if panicking() {
            return;
        }
        point();
        // SAFETY: this is the only drop, and nobody uses it after.
        unsafe { ManuallyDrop::drop(&mut self.0) };
    }
}

impl<T> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &*self.0 {
            Inner::Explored(arc) => arc,
            Inner::Played(arc) => arc,
        }
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
