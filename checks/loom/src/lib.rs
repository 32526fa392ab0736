//! Two ways to run the threads of one type under test, and one table that shows what they did.
//!
//! The type under test takes what its threads share from a module of its own: `std` in the service, and [`sync`] under test.
//! Then a check may
//!
//! - [`explore`] it: loom runs two or three threads in every interleaving up to a budget, stale values included, and knows which
//!   accesses no order covers;
//! - [`play`] it: any number of threads, any number of steps, in one order that a seed decides, every load giving the last value.
//!
//! Both end a run that goes wrong with a panic whose text says what was seen, what is missing in the code, why it matters, and the
//! steps as a table. `CHECK_TRACE` gets them as JSON, as in the crate `checks`. Both are bounded by steps, never by time.
//!
//! ```
//! use std::rc::Rc;
//!
//! use checks_loom::sync::atomic::{AtomicU64, Ordering::Relaxed};
//! use checks_loom::{Explorer, Shared, spawn};
//!
//! #[global_allocator]
//! static HEAP: checks_loom::Heap = checks_loom::Heap;
//!
//! Explorer::new("a lost count never comes back").explore(|| {
//!     let served = Shared::new(AtomicU64::new(0));
//!     let other = spawn("request", &served, |served| served.fetch_add(1, Relaxed));
//!     served.fetch_add(1, Relaxed);
//!     other.join();
//!     assert_eq!(served.load(Relaxed), 2);
//! });
//! ```

mod diagnosis;
mod explore;
mod heap;
mod play;
mod stage;
pub mod sync;
mod trace;
mod watched;

pub use diagnosis::Wrong;
pub use explore::{Explorer, Shared, Thread, call_this_thread, spawn};
pub use heap::{Heap, bytes_in_use};
pub use play::{Player, Task, idle_rounds, pause, run};
pub use trace::{Source, fail_here, fail_promise, note, steps_taken};
pub use watched::{Watched, alive};
