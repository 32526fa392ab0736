//! Two requests, one of which is stopped in the middle while the other one runs.

use std::thread;
use std::time::{Duration, Instant};

use tokenizers::Tokenizer;

use super::allocations::{self, Gate};

/// What came of two requests.
pub struct Met<T> {
    /// The answer of the request that was stopped, or its panic.
    pub stopped: thread::Result<T>,
    /// The answer of the other one, or its panic.
    pub other: thread::Result<T>,
    /// Whether the other one had its answer while the first one stood still.
    pub at_once: bool,
}

/// Stops `first` at its allocation number `count`, runs `second`, and lets `first` go on when `second` is
/// done or does not get on. `None` if `first` ended before it came so far.
pub fn meet<T: Send>(
    count: u64,
    first: impl FnOnce() -> T + Send,
    second: impl FnOnce() -> T + Send,
) -> Option<Met<T>> {
    let gate: &'static Gate = Box::leak(Box::default());
    thread::scope(|scope| {
        let first = scope.spawn(move || allocations::stopping_at(count, gate, first));
        while !gate.is_reached() {
            if first.is_finished() {
                return None;
            }
            thread::yield_now();
        }
        let second = scope.spawn(second);
        let mut patience = Patience::new();
        while !second.is_finished() && !patience.is_over() {}
        let at_once = second.is_finished();
        gate.open();
        Some(Met {
            stopped: first.join(),
            other: second.join(),
            at_once,
        })
    })
}

/// Ends when the machine has had the time for one request many times over, however slow or busy it is.
struct Patience {
    tokenizer: Tokenizer,
    start: Instant,
    rounds: u32,
}

impl Patience {
    fn new() -> Patience {
        Patience {
            tokenizer: models::TOKENIZER
                .parse()
                .expect("the bundled tokenizer is read"),
            start: Instant::now(),
            rounds: 0,
        }
    }

    /// Does the work of one small request of its own.
    fn is_over(&mut self) -> bool {
        let encoding = self.tokenizer.encode("a wonderful film", true);
        encoding.expect("a right text is encoded");
        self.rounds += 1;
        self.rounds > 500 && self.start.elapsed() > Duration::from_millis(150)
    }
}
