use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::{Failure, Record};

/// The scene is looked at once in a tick. For each of them the watching thread has to be scheduled, so that a machine that
/// stands still for a while is not taken for a scene that does.
const TICK: Duration = Duration::from_millis(10);

/// A scene that records no step for so many ticks is held by something.
const TICKS_WITHOUT_A_STEP: usize = 200;

/// A scene that records so many steps does not come to its end.
const STEPS: usize = 100_000;

/// Plays `scene` on a thread of its own and waits for its end; its panic becomes the caller's.
///
/// Fails the check with `what_holds` if the scene records no step for long, and if its steps never end. A thread that is blocked
/// cannot be ended: it is left behind.
///
/// # Panics
///
/// If the scene panics or does not end, and if the system has no room for one more thread.
#[track_caller]
pub fn watch(
    record: &Record,
    scene: impl FnOnce() + Send + 'static,
    what_holds: impl FnOnce() -> Failure,
) {
    if let Err(failure) = try_watch(record, scene, what_holds) {
        failure.raise();
    }
}

/// Like [`watch`], but gives the failure back.
///
/// # Errors
///
/// If the scene does not end.
///
/// # Panics
///
/// If the scene panics, and if the system has no room for one more thread.
pub fn try_watch<T: Send + 'static>(
    record: &Record,
    scene: impl FnOnce() -> T + Send + 'static,
    what_holds: impl FnOnce() -> Failure,
) -> Result<T, Box<Failure>> {
    let (report_end, end) = mpsc::channel();
    // Named like the check, so that a panic on it is told as the check's own.
    let name = thread::current().name().unwrap_or("check").to_owned();
    thread::Builder::new()
        .name(name)
        .spawn(move || {
            let _ = report_end.send(catch_unwind(AssertUnwindSafe(scene)));
        })
        .expect("the system has room for one more thread");
    let mut steps = record.steps();
    let mut ticks = 0;
    loop {
        match end.recv_timeout(TICK) {
            Ok(Ok(outcome)) => return Ok(outcome),
            Ok(Err(panic)) => resume_unwind(panic),
            Err(RecvTimeoutError::Disconnected) => unreachable!("the thread reports its end"),
            Err(RecvTimeoutError::Timeout) => ticks += 1,
        }
        let now = record.steps();
        if now > steps {
            (steps, ticks) = (now, 0);
        }
        if steps >= STEPS {
            let seen = format!("{STEPS} steps, and no end");
            let why = "what tries again without a limit keeps everyone waiting who depends on it";
            return Err(Box::new(record.failure(seen, "a scene that ends", why)));
        }
        if ticks >= TICKS_WITHOUT_A_STEP {
            return Err(Box::new(what_holds().with_trace(record.trace())));
        }
    }
}
