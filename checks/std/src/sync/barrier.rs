use std::sync::PoisonError;

use super::{Condvar, Mutex};

/// See [`std::sync::Barrier`].
#[derive(Debug)]
pub struct Barrier {
    size: usize,
    state: Mutex<State>,
    is_full: Condvar,
}

#[derive(Debug)]
struct State {
    waiting: usize,
    /// How often it was full.
    rounds: usize,
}

/// See [`std::sync::BarrierWaitResult`].
#[derive(Debug)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// See [`std::sync::BarrierWaitResult::is_leader`].
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    /// See [`std::sync::Barrier::new`].
    #[must_use]
    pub const fn new(size: usize) -> Barrier {
        let (waiting, rounds) = (0, 0);
        Barrier {
            size,
            state: Mutex::new(State { waiting, rounds }),
            is_full: Condvar::new(),
        }
    }

    /// See [`std::sync::Barrier::wait`].
    pub fn wait(&self) -> BarrierWaitResult {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let round = state.rounds;
        state.waiting += 1;
        let is_last = state.waiting >= self.size;
        if is_last {
            state.waiting = 0;
            state.rounds += 1;
            self.is_full.notify_all();
        } else {
            let waited = self
                .is_full
                .wait_while(state, |state| state.rounds == round);
            drop(waited);
        }
        BarrierWaitResult(is_last)
    }
}
