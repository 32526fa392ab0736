//! A classifier shared by threads as its signatures allow, so that the checks compile whether a method
//! takes `&self` or `&mut self`, and whether or not the classifier is `Sync`.

use std::marker::PhantomData;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

/// What a server must put around a value that not all threads may use at once: methods with `&self` run
/// under the read lock, and so beside each other; one with `&mut self` runs under the write lock, alone.
pub struct Shared<T> {
    lock: RwLock<T>,
    is_sync: bool,
}

// SAFETY: `Shared::new` refuses a value that is not `Send`. Only a value that is `Sync` is reached
// through the read lock.
unsafe impl<T> Send for Shared<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Shared<T> {}

/// What the compiler knows of a type.
#[derive(Clone, Copy)]
pub struct Known {
    pub send: bool,
    pub sync: bool,
}

/// Tells whether a type is `Send` and `Sync`. A macro, for only at a concrete type does the compiler choose.
macro_rules! known {
    ($T:ty) => {{
        #[allow(unused_imports, reason = "of use only where a bound fails")]
        use crate::check::shared::IsNot as _;
        use crate::check::shared::{IsSend, IsSync, Known};
        Known {
            send: IsSend::<$T>::of().yes(),
            sync: IsSync::<$T>::of().yes(),
        }
    }};
}
pub(crate) use known;

pub struct IsSend<T>(PhantomData<T>);
pub struct IsSync<T>(PhantomData<T>);

/// Found only where the inherent `yes` below is not: its bound fails.
#[allow(dead_code, reason = "of use only where a bound fails")]
pub trait IsNot {
    fn yes(&self) -> bool {
        false
    }
}

impl<T> IsNot for IsSend<T> {}
impl<T> IsNot for IsSync<T> {}

impl<T> IsSend<T> {
    pub fn of() -> IsSend<T> {
        IsSend(PhantomData)
    }
}

impl<T> IsSync<T> {
    pub fn of() -> IsSync<T> {
        IsSync(PhantomData)
    }
}

impl<T: Send> IsSend<T> {
    pub fn yes(&self) -> bool {
        true
    }
}

impl<T: Sync> IsSync<T> {
    pub fn yes(&self) -> bool {
        true
    }
}

impl<T> Shared<T> {
    /// Panics for a value that may not leave its thread.
    #[track_caller]
    pub fn new(value: T, known: Known) -> Shared<T> {
        assert!(
            known.send,
            "the classifier is not Send: it cannot be given to another thread\n\
             expected: Send + Sync\n\
             an Rc, a raw pointer or a guard inside it ties it to the thread that made it"
        );
        Shared {
            lock: RwLock::new(value),
            is_sync: known.sync,
        }
    }

    fn read(&self) -> Guard<'_, T> {
        if self.is_sync {
            Guard::Read(self.lock.read().unwrap_or_else(PoisonError::into_inner))
        } else {
            self.write()
        }
    }

    fn write(&self) -> Guard<'_, T> {
        Guard::Write(self.lock.write().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_free(&self, exclusive: bool) -> bool {
        fn is_free<G>(tried: Result<G, TryLockError<G>>) -> bool {
            !matches!(tried, Err(TryLockError::WouldBlock))
        }
        if exclusive || !self.is_sync {
            is_free(self.lock.try_write())
        } else {
            is_free(self.lock.try_read())
        }
    }
}

enum Guard<'a, T> {
    Read(RwLockReadGuard<'a, T>),
    Write(RwLockWriteGuard<'a, T>),
}

impl<T> Guard<'_, T> {
    fn get(&self) -> &T {
        match self {
            Guard::Read(guard) => guard,
            Guard::Write(guard) => guard,
        }
    }
}

/// A method with a shared receiver.
pub struct TakesShared;
/// A method with an exclusive receiver.
pub struct TakesExclusive;

/// A method that takes `Arguments` after its receiver; `Receiver` is for the compiler to find out.
pub trait Method<T, Arguments, Receiver>: Sized {
    type Returned;
    const EXCLUSIVE: bool;

    /// Calls the method under the lock that its receiver needs; tells first whether the lock is taken.
    fn call(self, shared: &Shared<T>, arguments: Arguments) -> Self::Returned;

    /// Whether the lock that `call` takes is free now.
    fn may_enter(&self, shared: &Shared<T>) -> bool {
        shared.is_free(Self::EXCLUSIVE)
    }
}

macro_rules! methods {
    ($($argument:ident)*) => {
        impl<T, Returned, F, $($argument),*> Method<T, ($($argument,)*), TakesShared> for F
        where
            F: Fn(&T, $($argument),*) -> Returned,
        {
            type Returned = Returned;
            const EXCLUSIVE: bool = false;

            #[allow(non_snake_case, reason = "a type's name serves for its value")]
            fn call(self, shared: &Shared<T>, ($($argument,)*): ($($argument,)*)) -> Returned {
                self(shared.read().get(), $($argument),*)
            }
        }

        impl<T, Returned, F, $($argument),*> Method<T, ($($argument,)*), TakesExclusive> for F
        where
            F: Fn(&mut T, $($argument),*) -> Returned,
        {
            type Returned = Returned;
            const EXCLUSIVE: bool = true;

            #[allow(non_snake_case, reason = "a type's name serves for its value")]
            fn call(self, shared: &Shared<T>, ($($argument,)*): ($($argument,)*)) -> Returned {
                let mut guard = shared.lock.write().unwrap_or_else(PoisonError::into_inner);
                self(&mut guard, $($argument),*)
            }
        }
    };
}

methods!();
methods!(A);
methods!(A B);

/// Whether `method` takes `&mut self`.
pub fn takes_exclusive<T, A, R, M: Method<T, A, R>>(_method: &M) -> bool {
    M::EXCLUSIVE
}
