use std::cell::Cell;
use std::fmt;
use std::panic::Location;
use std::thread::panicking;

use super::{Inner, changed, point};
use crate::diagnosis::Wrong;
use crate::trace::{self, Call, Kind, Memory, fail_wrong};

/// `std::cell::UnsafeCell` with loom's way in: a closure marks where an access starts and ends.
pub struct UnsafeCell<T> {
    value: std::cell::UnsafeCell<T>,
    access: Inner<loom::cell::UnsafeCell<()>, Accesses>,
    object: usize,
}

/// Who is inside, where a scene is played.
#[derive(Default)]
struct Accesses {
    readers: Cell<usize>,
    writers: Cell<usize>,
}

impl<T> UnsafeCell<T> {
    /// A cell that holds `value`.
    #[track_caller]
    pub fn new(value: T) -> UnsafeCell<T> {
        UnsafeCell {
            value: std::cell::UnsafeCell::new(value),
            access: Inner::new((), loom::cell::UnsafeCell::new, |()| Accesses::default()),
            object: trace::new_object(),
        }
    }

    /// Calls `read` with a pointer that it may only read through, while nobody writes.
    #[track_caller]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        self.start(false, Location::caller());
        let result = read(self.value.get());
        self.end(false);
        result
    }

    /// Calls `write` with a pointer that it may write through, while nobody else reads or writes.
    #[track_caller]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        self.start(true, Location::caller());
        let result = write(self.value.get());
        self.end(true);
        result
    }

    /// The value: `&mut self` says that nobody else is there.
    pub fn get_mut(&mut self) -> &mut T {
        self.watch(true);
        self.value.get_mut()
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.watch(true);
        self.value.into_inner()
    }

    fn start(&self, writes: bool, call: Call) {
        if panicking() {
            return;
        }
        point();
        trace::record(|| Kind::Plain {
            object: self.object,
            writes,
            verb: if writes { "writes" } else { "reads" },
            memory: Memory::At(call),
        });
        self.watch(writes);
        if let Inner::Played(Accesses { readers, writers }) = &self.access {
            if writers.get() > 0 || writes && readers.get() > 0 {
                let other = if writers.get() > 0 { "writes" } else { "reads" };
                let what = format!("one thread uses a cell while another {other} it");
                fail_wrong(Wrong::WritesUnordered, what);
            }
            let count = if writes { writers } else { readers };
            count.set(count.get() + 1);
        }
    }

    fn end(&self, writes: bool) {
        self.watch(writes);
        if panicking() {
            return;
        }
        if let Inner::Played(Accesses { readers, writers }) = &self.access {
            let count = if writes { writers } else { readers };
            count.set(count.get() - 1);
        }
        if writes {
            changed();
        }
    }

    /// An access from start to end is two of no length, so that no guard of loom's has to unwind.
    fn watch(&self, writes: bool) {
        if panicking() {
            return;
        }
        if let Inner::Explored(memory) = &self.access {
            if writes {
                memory.with_mut(|_| ());
            } else {
                memory.with(|_| ());
            }
        }
    }
}

impl<T: Default> Default for UnsafeCell<T> {
    #[track_caller]
    fn default() -> UnsafeCell<T> {
        UnsafeCell::new(T::default())
    }
}

impl<T> fmt::Debug for UnsafeCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnsafeCell")
    }
}
