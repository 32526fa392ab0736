//! One thread writes. Whatever arrives while it commits goes into the next transaction together, so that a
//! room that saves at once waits for few commits and not for one each.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::{mpsc, oneshot};

use crate::gate::Gate;
use crate::outline::Outline;
use crate::store::{Answer, Arrived, Store};

/// More than this wait in their connections.
const WAITING: usize = 1024;

/// Hands sendings to the thread that writes.
#[derive(Clone)]
pub struct Writer(mpsc::Sender<Order>);

struct Order {
    arrived: Arrived,
    answer: oneshot::Sender<Option<Answer>>,
}

/// Why the class cannot be written now, in one line.
#[derive(Clone, Default)]
pub struct Trouble(Arc<Mutex<Option<String>>>);

impl Trouble {
    /// The line, if there is one.
    pub fn get(&self) -> Option<String> {
        let trouble = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.clone()
    }

    /// Says in the terminal what is new: a room that sends again and again would fill it.
    fn set(&self, now: Option<String>) {
        let mut before = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &now {
            Some(now) if before.as_ref() != Some(now) => runner::say_error(now),
            None if before.is_some() => runner::say_error("the class can be written again"),
            _ => {}
        }
        *before = now;
    }
}

impl Writer {
    /// Starts the thread. It ends when the last `Writer` is gone.
    pub fn start(mut store: Store, outline: Arc<Outline>, trouble: Trouble) -> Writer {
        let (send, mut arrived) = mpsc::channel::<Order>(WAITING);
        std::thread::spawn(move || {
            let mut orders = Vec::with_capacity(WAITING);
            let mut gate = Gate::new(Instant::now());
            while arrived.blocking_recv_many(&mut orders, WAITING) > 0 {
                let all = orders.iter().map(|order| &order.arrived);
                let now = Instant::now();
                let mut counted = gate.clone();
                let answers = store.keep(&outline, all, crate::now(), |from| {
                    counted.admits(from, now)
                });
                // Whoever watches the files tells that they are gone.
                let is_in_place = store.is_in_place();
                match &answers {
                    Ok(_) => {
                        gate = counted;
                        trouble.set(None);
                    }
                    Err(_) if !is_in_place => {}
                    Err(error) => trouble.set(Some(format!(
                        "{:#}; learners' workbooks keep their verdicts and send again",
                        store.error(error)
                    ))),
                }
                let answers = answers.ok().filter(|_| is_in_place);
                let mut answers = answers.into_iter().flatten();
                for order in orders.drain(..) {
                    // Whoever asked may have gone; then it is kept all the same.
                    let _ = order.answer.send(answers.next());
                }
            }
        });
        Writer(send)
    }

    /// Returns when the sending is on disk, or `None` if it could not be written.
    pub async fn keep(&self, arrived: Arrived) -> Option<Answer> {
        let (answer, kept) = oneshot::channel();
        self.0.send(Order { arrived, answer }).await.ok()?;
        kept.await.ok()?
    }
}
