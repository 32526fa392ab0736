// breaks 8: each session has a thread of its own, and a panic ends it.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
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

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug)]
pub struct Conversation {
    context: Vec<i64>,
}

fn work<B: Backend>(mut session: B, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap().recv();
        let Ok((ids, reply)) = job else { return };
        let _ = reply.send(session.run(&ids, &vec![1; ids.len()]));
    }
}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let (jobs, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        for session in sessions {
            let queue = Arc::clone(&queue);
            thread::spawn(move || work(session, &queue));
        }
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
        let (reply, answer) = mpsc::channel();
        let gone = || RunError("the session is gone".into());
        self.jobs
            .send((input_ids.to_vec(), reply))
            .map_err(|_| gone())?;
        let logits = answer.recv().map_err(|_| gone())??;
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
