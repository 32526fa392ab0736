//! An allocator that counts what a thread allocates, and can stop a thread in the middle of its work.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::{Condvar, Mutex};

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
    static STOP: Cell<Option<(u64, &'static Gate)>> = const { Cell::new(None) };
}

/// How often `work` allocates on this thread.
pub fn during<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = COUNT.get();
    let value = work();
    (value, COUNT.get() - before)
}

/// `work`, which waits at `gate` when it has allocated `count` times on this thread.
pub fn stopping_at<T>(count: u64, gate: &'static Gate, work: impl FnOnce() -> T) -> T {
    STOP.set(Some((COUNT.get() + count, gate)));
    let value = work();
    STOP.set(None);
    value
}

/// Where one thread waits until another one opens.
#[derive(Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_reached: bool,
    is_open: bool,
}

impl Gate {
    fn wait(&self) {
        let mut state = self.state.lock().expect("no thread panics at a gate");
        state.is_reached = true;
        let open = self.changed.wait_while(state, |state| !state.is_open);
        drop(open.expect("no thread panics at a gate"));
    }

    /// Whether a thread has come so far.
    pub fn is_reached(&self) -> bool {
        self.state
            .lock()
            .expect("no thread panics at a gate")
            .is_reached
    }

    /// Lets everybody through, from now on.
    pub fn open(&self) {
        self.state
            .lock()
            .expect("no thread panics at a gate")
            .is_open = true;
        self.changed.notify_all();
    }
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: the system's allocator does all that is asked; a count and a wait change none of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let count = COUNT.get() + 1;
        COUNT.set(count);
        if let Some((at, gate)) = STOP.get()
            && at == count
        {
            // Waiting may allocate, too.
            STOP.set(None);
            gate.wait();
        }
        // SAFETY: the caller keeps the promises that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}
