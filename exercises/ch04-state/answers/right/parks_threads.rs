// keeps all: those who wait stand in a queue as threads and are unparked, with a session handed over.

// ANCHOR: uses
use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    pool: Mutex<Pool<B>>,
    served: AtomicU64,
}

#[derive(Debug)]
struct Pool<B> {
    idle: Vec<B>,
    /// First come, first served.
    queue: VecDeque<Arc<Ticket<B>>>,
}

#[derive(Debug)]
struct Ticket<B> {
    thread: Thread,
    session: Mutex<Option<B>>,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            pool: Mutex::new(Pool {
                idle: sessions,
                queue: VecDeque::new(),
            }),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        let mut pool = self.pool();
        let session = match pool.idle.pop() {
            Some(session) => session,
            None => {
                let ticket = Arc::new(Ticket {
                    thread: thread::current(),
                    session: Mutex::new(None),
                });
                pool.queue.push_back(Arc::clone(&ticket));
                drop(pool);
                loop {
                    if let Some(session) = ticket.session.lock().unwrap().take() {
                        break session;
                    }
                    thread::park();
                }
            }
        };
        Taken {
            session: Some(session),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn pool(&self) -> MutexGuard<'_, Pool<B>> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<B>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        self.session
            .as_mut()
            .expect("until the drop")
            .run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        let mut pool = self.classifier.pool();
        match pool.queue.pop_front() {
            Some(next) => {
                *next.session.lock().unwrap() = self.session.take();
                next.thread.unpark();
            }
            None => pool.idle.extend(self.session.take()),
        }
    }
}
// ANCHOR_END: taken
