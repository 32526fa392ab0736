//! What checks of concurrent code share.
//!
//! A check plays a scene and keeps a [`Record`] of it: who did what, in which order, and who waits for whom. If a promise is
//! broken it fails with a [`Failure`]: what was seen, what was expected, why it matters, and the [`Trace`], as a table in the
//! message and as JSON in the file that the environment variable `CHECK_TRACE` names. [`watch`] ends a scene that does not end by
//! itself; where the order of threads matters, a [`schedule`] chooses it; and [`OtherThreads`] knows when no thread can go on.
//!
//! ```should_panic
//! let record = checks::Record::new();
//! record.step("client 1", "calls infer");
//! let _waits = record.wait("client 1", "batcher");
//! record.fail("client 1 got no reply", "its own reply", "a request alone must not wait for company for ever");
//! ```

pub mod clock;
mod counted;
mod earned;
mod failure;
mod others;
mod panic;
mod random;
mod record;
pub mod schedule;
mod trace;
mod watch;

pub use counted::counted;
pub use earned::write_earned;
pub use failure::{Failure, fail, write_promise};
pub use others::OtherThreads;
pub use panic::{caught, panic_text};
pub use random::Random;
pub use record::{Record, WaitGuard};
pub use trace::{Step, Trace, Wait};
pub use watch::{try_watch, watch};

/// The locks and atomics that no [`schedule`] sees, for checks of code whose `std` is `checks-std`.
pub use std::sync as unscheduled;
