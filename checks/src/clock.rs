//! A clock that a check sets forward, so that nobody waits for what takes a year.
//!
//! `checks-std` shows it to code that knows nothing of it: there `Instant::now` is ahead by what has [passed](pass).
//!
//! ```
//! use std::time::Duration;
//!
//! assert_eq!(checks::clock::ahead(), None);
//! checks::clock::pass(Duration::from_secs(3600));
//! assert_eq!(checks::clock::ahead(), Some(Duration::from_secs(3600)));
//! ```

use std::cell::Cell;
use std::time::Duration;

/// Any clock can be so far ahead.
const MOST: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

thread_local! {
    static AHEAD: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// Sets the calling thread's clock forward. From then on no sleep of this thread takes time: it sets the clock forward, too.
pub fn pass(time: Duration) {
    let ahead = ahead().unwrap_or_default().saturating_add(time);
    AHEAD.set(Some(ahead.min(MOST)));
}

/// How far the calling thread's clock is ahead of the system's. `None` if nobody has ever set it.
pub fn ahead() -> Option<Duration> {
    AHEAD.get()
}
