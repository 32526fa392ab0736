//! An allocator that counts what all threads allocate, and can stop threads in the middle of their work.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Allocations of all threads but the one that watches, and the largest of them in bytes, since [`count_anew`].
static COUNT: AtomicU64 = AtomicU64::new(0);
static LARGEST: AtomicU64 = AtomicU64::new(0);
/// Bytes that are allocated and not freed, of all threads.
static LIVE: AtomicU64 = AtomicU64::new(0);
/// The number of the present round: each thread's own count begins anew with it.
static ROUND: AtomicU64 = AtomicU64::new(0);
/// The most that one thread has allocated in this round.
static MOST: AtomicU64 = AtomicU64::new(0);
/// A thread stops at this allocation of its own; 0 if none does.
static STOP_AT: AtomicU64 = AtomicU64::new(0);
static GATE: Gate = Gate {
    state: Mutex::new(State {
        reached: 0,
        ended: 0,
        opened: 0,
    }),
    open: Condvar::new(),
    changed: Condvar::new(),
};

thread_local! {
    static WATCHES: Cell<bool> = const { Cell::new(false) };
    /// The round, and what this thread has allocated in it.
    static OWN: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
}

/// Where threads wait until the check lets them go on.
struct Gate {
    state: Mutex<State>,
    open: Condvar,
    /// For the check: a thread has come to the gate, or to its end.
    changed: Condvar,
}

/// How far threads are.
pub struct State {
    /// How many came to the gate in this round.
    pub reached: usize,
    /// How many have come to their [end](ended) in this round.
    pub ended: usize,
    /// The last round whose threads may go on.
    opened: u64,
}

/// This thread watches: it is neither counted nor stopped.
pub fn watch() {
    WATCHES.set(true);
}

/// Bytes that are allocated and not freed.
pub fn live() -> u64 {
    LIVE.load(SeqCst)
}

/// What all threads but the watching one have allocated.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    pub count: u64,
    /// In bytes.
    pub largest: u64,
}

pub fn count_anew() {
    COUNT.store(0, SeqCst);
    LARGEST.store(0, SeqCst);
}

/// Since [`count_anew`].
pub fn spent() -> Spent {
    Spent {
        count: COUNT.load(SeqCst),
        largest: LARGEST.load(SeqCst),
    }
}

/// A time in which threads are counted each for itself, and stopped. It lets all go on when it is dropped.
pub struct Round {
    number: u64,
}

impl Round {
    /// Each thread (but the watching one) stops at its allocation number `at`; none does for 0.
    pub fn new(at: u64) -> Round {
        STOP_AT.store(0, SeqCst);
        let mut state = GATE.lock();
        (state.reached, state.ended) = (0, 0);
        drop(state);
        MOST.store(0, SeqCst);
        let number = ROUND.fetch_add(1, SeqCst) + 1;
        STOP_AT.store(at, SeqCst);
        Round { number }
    }

    /// How many threads stand still.
    pub fn reached(&self) -> usize {
        GATE.lock().reached
    }

    /// Waits for a moment, or until threads are so far. Says whether they are.
    pub fn wait(&self, moment: Duration, are_so_far: impl Fn(&State) -> bool) -> bool {
        let changed = GATE
            .changed
            .wait_timeout_while(GATE.lock(), moment, |state| !are_so_far(state));
        let (state, _) = changed.unwrap_or_else(PoisonError::into_inner);
        are_so_far(&state)
    }

    /// The most that one thread has allocated.
    pub fn most(&self) -> u64 {
        MOST.load(SeqCst)
    }

    /// Whoever has not stopped until now does not.
    pub fn stop_no_more(&self) {
        STOP_AT.store(0, SeqCst);
    }
}

impl Drop for Round {
    fn drop(&mut self) {
        self.stop_no_more();
        GATE.lock().opened = self.number;
        GATE.open.notify_all();
    }
}

/// The calling thread has done its work.
pub fn ended() {
    GATE.lock().ended += 1;
    GATE.changed.notify_all();
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, round: u64) {
        let mut state = self.lock();
        state.reached += 1;
        self.changed.notify_all();
        let open = self.open.wait_while(state, |state| state.opened < round);
        drop(open.unwrap_or_else(PoisonError::into_inner));
    }
}

fn allocates(size: usize) {
    LIVE.fetch_add(size as u64, SeqCst);
    if WATCHES.get() {
        return;
    }
    COUNT.fetch_add(1, SeqCst);
    LARGEST.fetch_max(size as u64, SeqCst);
    let round = ROUND.load(SeqCst);
    let own = match OWN.get() {
        (last, own) if last == round => own + 1,
        _ => 1,
    };
    OWN.set((round, own));
    MOST.fetch_max(own, SeqCst);
    if own == STOP_AT.load(SeqCst) {
        GATE.wait(round);
    }
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: the system's allocator does all that is asked; counts and a wait change none of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        allocates(layout.size());
        // SAFETY: the caller keeps the promises that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as u64, SeqCst);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}
