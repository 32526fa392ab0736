//! One thread writes. Whatever arrives while it commits goes into the next transaction together, so that a
//! room that saves at once waits for few commits and not for one each.

use std::sync::Arc;
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

impl Writer {
    /// Starts the thread. It ends when the last `Writer` is gone.
    pub fn start(mut store: Store, outline: Arc<Outline>) -> Writer {
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
                match &answers {
                    Ok(_) => gate = counted,
                    Err(error) => runner::say_error(format_args!(
                        "{}; learners will send again",
                        store.error(error)
                    )),
                }
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
