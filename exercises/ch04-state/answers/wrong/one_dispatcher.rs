// breaks 3: one thread takes all requests and runs them one after the other, on the sessions in turn.

// ANCHOR: uses
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Sender, channel};
use std::thread;
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    jobs: Sender<Job>,
    served: AtomicU64,
    backend: std::marker::PhantomData<fn(B)>,
}

type Job = (Vec<i64>, Sender<Result<Logits, RunError>>);
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(mut sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let (jobs, queue) = channel::<Job>();
        thread::spawn(move || {
            for (number, (ids, reply)) in queue.into_iter().enumerate() {
                let next = number % sessions.len();
                let session = &mut sessions[next];
                let run = AssertUnwindSafe(|| session.run(&ids, &vec![1; ids.len()]));
                let panicked = |_| Err(RunError("a panic".into()));
                let _ = reply.send(catch_unwind(run).unwrap_or_else(panicked));
            }
        });
        Classifier {
            jobs,
            served: AtomicU64::new(0),
            backend: std::marker::PhantomData,
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let (reply, answer) = channel();
        self.jobs
            .send((input_ids.to_vec(), reply))
            .expect("it lives");
        let logits = answer.recv().expect("each job is answered")?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
