//! A thread of its own for each run: its stack is large enough for a destructor that recurses, and it can be left behind.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use checks::OtherThreads;

use crate::diagnosis::Diagnosis;

/// Bytes of address space; memory is taken only for what is used.
const STACK: usize = 256 << 20;

/// The run is looked at once in a tick. For each of them the watching thread has to be scheduled, so that a machine that
/// stands still for a while is not taken for a run that does.
const TICK: Duration = Duration::from_millis(10);

/// A run that takes no step for so many ticks is held by something that it does not see, if it sleeps as well.
const TICKS_WITHOUT_A_STEP: usize = 300;

/// One that takes no step and works may free much memory, or put many steps into words, on a busy machine. After so many ticks
/// it waits in a loop.
const TICKS_OF_WORK: usize = 3_000;

thread_local! {
    static STEPS: RefCell<Option<Arc<AtomicUsize>>> = const { RefCell::new(None) };
}

/// A step is taken.
pub(crate) fn step() {
    STEPS.with_borrow(|steps| {
        if let Some(steps) = steps {
            steps.fetch_add(1, Relaxed);
        }
    });
}

/// Runs `work` on a thread of its own. A thread that stands still cannot be ended: it is left behind.
pub(crate) fn on_a_stage(
    why: &str,
    work: impl FnOnce() -> Result<(), Diagnosis> + Send + 'static,
) -> Result<(), Diagnosis> {
    let steps = Arc::new(AtomicUsize::new(0));
    let (report, end) = mpsc::channel();
    let counted = steps.clone();
    thread::Builder::new()
        .name(thread::current().name().unwrap_or("check").to_owned())
        .stack_size(STACK)
        .spawn(move || {
            STEPS.set(Some(counted));
            let _ = report.send(work());
        })
        .expect("the system has room for one more thread");
    let (mut seen, mut ticks) = (0, 0);
    let mut others = OtherThreads::new();
    while ticks < TICKS_OF_WORK {
        // Elsewhere nobody tells who sleeps.
        let mut may_work = || cfg!(target_os = "linux") && !others.have_slept();
        if ticks >= TICKS_WITHOUT_A_STEP && !may_work() {
            break;
        }
        match end.recv_timeout(TICK) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => ticks += 1,
        }
        let now = steps.load(Relaxed);
        if now != seen {
            (seen, ticks) = (now, 0);
        }
    }
    Err(Diagnosis::without_steps(
        "a thread stands still, and not in anything of `crate::sync`",
        "what threads share comes from `crate::sync`: a lock of `std` that one thread holds stops all threads of a check",
        why,
    ))
}
