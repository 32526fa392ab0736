//! Requests that stand still in the middle of their work, and one more that comes meanwhile.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use checks::OtherThreads;

use super::allocations::{self, Round, Spent, State};
use super::model::{Answer, Reference, Request};
use crate::Service;

/// What came of one more request while others stood still.
pub struct Met {
    /// The request that stood still, as it was asked.
    pub first: Request,
    /// The one more.
    pub second: Request,
    /// The answers of those that stood still.
    pub stopped: Vec<Answer>,
    /// The answer of the one more.
    pub other: Answer,
    /// Whether it came while the others stood still.
    pub at_once: bool,
    /// What all threads together allocated until then.
    pub spent: Spent,
}

/// Requests to one service, which are stopped by their allocations. The thread that makes it watches from then on.
///
/// Each `#` in a text is another number each time: what a service keeps of earlier texts is of no use to it.
pub struct Stage<'a> {
    service: &'a Shared<Service>,
    reference: &'a Reference,
    asked: Cell<u32>,
}

/// For a service that was seen to be `Send` and `Sync`: the compiler's own words to one that is not praise a lock.
pub struct Shared<T>(pub T);

// SAFETY: it holds a service, and the check that makes one has seen before that a service is `Send` and `Sync`.
unsafe impl<T> Sync for Shared<T> {}

impl<T> Shared<T> {
    pub fn get(&self) -> &T {
        &self.0
    }
}

impl<'a> Stage<'a> {
    pub fn new(service: &'a Shared<Service>, reference: &'a Reference) -> Stage<'a> {
        allocations::watch();
        Stage {
            service,
            reference,
            asked: Cell::new(1000),
        }
    }

    /// The most that one thread allocates for the request, which is asked for twice: what a first request sets up
    /// for all that follow is none of it.
    pub fn steps(&self, request: &Request) -> u64 {
        let _ = self.alone(request);
        let round = Round::new(0);
        let _ = self.alone(request);
        round.most()
    }

    /// What the service is compared with.
    pub fn reference(&self) -> &Reference {
        self.reference
    }

    fn next_number(&self) -> u32 {
        self.asked.replace(self.asked.get() + 1)
    }

    /// Asks on a thread of its own, and tells what all threads allocated for it.
    pub fn alone(&self, request: &Request) -> (Answer, Spent) {
        let request = &request.numbered(self.next_number());
        allocations::count_anew();
        let service = self.service;
        let answer = thread::scope(|scope| scope.spawn(move || request.ask(service.get())).join());
        (
            answer.expect("a panic of a request is caught"),
            allocations::spent(),
        )
    }

    /// Stops so many requests like `first` when each has allocated `at` times, and then asks for `other`. `None` if
    /// they came to their end before.
    pub fn meet(&self, many: usize, at: u64, first: &Request, other: &Request) -> Option<Met> {
        self.meet_after(many, at, first, other, None)
    }

    /// The same with something that is done, or does not come to its end, before the other one is asked for.
    pub fn meet_after(
        &self,
        many: usize,
        at: u64,
        first: &Request,
        other: &Request,
        before: Option<&(dyn Fn() + Sync)>,
    ) -> Option<Met> {
        let service = self.service;
        // Both with the same number: where they are for the same texts, they stay so.
        let number = self.next_number();
        let (first, other) = (&first.numbered(number), &other.numbered(number));
        let (is_done, has_answer) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            let round = Round::new(at);
            let stopped: Vec<_> = (0..many)
                .map(|_| {
                    scope.spawn(|| {
                        let answer = first.ask(service.get());
                        allocations::ended();
                        answer
                    })
                })
                .collect();
            // Whoever waits for another one, or for threads of its own, comes to no gate.
            self.wait_for(&round, |state| state.reached + state.ended >= many);
            round.stop_no_more();
            let met = (round.reached() > 0).then(|| {
                if let Some(before) = before {
                    let is_done = &is_done;
                    scope.spawn(move || {
                        before();
                        is_done.store(true, SeqCst);
                        allocations::ended();
                    });
                    self.wait_for(&round, |_| is_done.load(SeqCst));
                }
                allocations::count_anew();
                let has_answer = &has_answer;
                let other = scope.spawn(move || {
                    let answer = other.ask(service.get());
                    has_answer.store(true, SeqCst);
                    allocations::ended();
                    answer
                });
                let at_once = self.wait_for(&round, |_| has_answer.load(SeqCst));
                (other, at_once, allocations::spent())
            });
            drop(round);
            let stopped = stopped
                .into_iter()
                .map(|thread| thread.join().expect("a panic is caught"));
            let stopped = stopped.collect();
            met.map(|(answer, at_once, spent)| Met {
                first: first.clone(),
                second: other.clone(),
                stopped,
                other: answer.join().expect("a panic is caught"),
                at_once,
                spent,
            })
        })
    }

    /// Until threads are so far, or nobody is left who could bring it about: all sleep. Where the system does not tell,
    /// and where one waits in a loop, this thread has the processor for thousands of small requests: a thread that could
    /// go on had it as long, however busy the machine is. Says whether they are so far.
    fn wait_for(&self, round: &Round, are_so_far: impl Fn(&State) -> bool) -> bool {
        const MOMENT: Duration = Duration::from_millis(1);
        const MOMENTS: usize = 1000;
        let small = Request::new(&["a"], None, false);
        let mut others = OtherThreads::new();
        for _ in 0..MOMENTS {
            if round.wait(MOMENT, &are_so_far) {
                return true;
            }
            if others.have_slept() {
                break;
            }
            self.reference.work(&small);
            self.reference.work(&small);
        }
        round.wait(Duration::ZERO, are_so_far)
    }
}
