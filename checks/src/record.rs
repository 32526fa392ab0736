use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Failure, Step, Trace, Wait};

/// Keeps what happens in a scene. Clones keep the same record.
#[derive(Debug, Clone, Default)]
pub struct Record {
    trace: Arc<Mutex<Trace>>,
}

impl Record {
    /// A record without steps.
    pub fn new() -> Record {
        Record::default()
    }

    /// `lane` does `what`, after all that was recorded before.
    pub fn step(&self, lane: impl Into<String>, what: impl Into<String>) {
        self.push(None, lane.into(), what.into());
    }

    /// `lane` does `what` at a time of the scene's own clock, given with its unit: `12 ms`.
    pub fn step_at(&self, at: impl Into<String>, lane: impl Into<String>, what: impl Into<String>) {
        self.push(Some(at.into()), lane.into(), what.into());
    }

    fn push(&self, at: Option<String>, lane: String, what: String) {
        let mut trace = self.locked();
        if !trace.lanes.contains(&lane) {
            trace.lanes.push(lane.clone());
        }
        trace.steps.push(Step { at, lane, what });
    }

    /// `who` waits for `whom` until what is returned is dropped.
    #[must_use = "the wait ends when this is dropped"]
    pub fn wait(&self, who: impl Into<String>, whom: impl Into<String>) -> WaitGuard {
        let wait = Wait {
            who: who.into(),
            whom: whom.into(),
        };
        self.locked().waits.push(wait.clone());
        WaitGuard {
            record: self.clone(),
            wait,
        }
    }

    /// What was recorded so far.
    pub fn trace(&self) -> Trace {
        self.locked().clone()
    }

    /// How many steps were recorded so far.
    pub fn steps(&self) -> usize {
        self.locked().steps.len()
    }

    /// A failure that shows what was recorded so far.
    pub fn failure(
        &self,
        seen: impl Into<String>,
        expected: impl Into<String>,
        why: impl Into<String>,
    ) -> Failure {
        Failure::new(seen, expected, why).with_trace(self.trace())
    }

    /// Fails the check: what was seen, what was expected, why it matters; and who did what.
    #[track_caller]
    pub fn fail(
        &self,
        seen: impl Into<String>,
        expected: impl Into<String>,
        why: impl Into<String>,
    ) -> ! {
        self.failure(seen, expected, why).raise()
    }

    /// A thread that panicked while it had the lock has left a whole step or none.
    fn locked(&self) -> MutexGuard<'_, Trace> {
        self.trace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One waits for another while this lives.
#[derive(Debug)]
pub struct WaitGuard {
    record: Record,
    wait: Wait,
}

impl Drop for WaitGuard {
    fn drop(&mut self) {
        let waits = &mut self.record.locked().waits;
        if let Some(index) = waits.iter().position(|wait| *wait == self.wait) {
            waits.remove(index);
        }
    }
}
