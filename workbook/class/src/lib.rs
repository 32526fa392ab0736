//! The class board: learners who joined send which checks they pass, and the instructor sees live where the
//! room is stuck. Nothing runs unless an instructor starts it and a learner joins it.
//!
//! What was acknowledged is on disk: [`store`] keeps it in SQLite, [`writer`] commits whatever arrived
//! meanwhile in one transaction, and [`web`] answers a learner only after that.

pub mod code;
mod csv;
mod gate;
mod look;
pub mod outline;
pub mod store;
pub mod summary;
pub mod web;
pub mod writer;

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, by this machine's clock.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}
