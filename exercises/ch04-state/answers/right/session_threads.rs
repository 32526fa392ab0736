// keeps all: each session lives in a thread of its own and takes requests from one channel.

// ANCHOR: uses
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
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

#[derive(Debug)]
struct Job {
    input_ids: Vec<i64>,
    reply: SyncSender<thread::Result<Result<Logits, RunError>>>,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug, Default)]
pub struct Conversation {
    context: Vec<i64>,
}

fn work<B: Backend>(mut session: B, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap().recv();
        let Ok(Job { input_ids, reply }) = job else {
            return;
        };
        let mask = vec![1; input_ids.len()];
        let outcome = catch_unwind(AssertUnwindSafe(|| session.run(&input_ids, &mask)));
        let _ = reply.send(outcome);
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
        let (reply, answer) = mpsc::sync_channel(1);
        let input_ids = input_ids.to_vec();
        self.jobs
            .send(Job { input_ids, reply })
            .expect("the threads live");
        let logits = match answer.recv().expect("each job is answered") {
            Ok(outcome) => outcome?,
            Err(panic) => resume_unwind(panic),
        };
        self.served.fetch_add(1, Ordering::SeqCst);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation::default()
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let context = [&conversation.context[..], input_ids].concat();
        let logits = self.infer(&context)?;
        conversation.context = context;
        Ok(logits)
    }
    // ANCHOR_END: say

    // ANCHOR: served
    /// How many calls were given logits.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Ordering::SeqCst)
    }
    // ANCHOR_END: served

    // ANCHOR: take
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
// ANCHOR_END: taken
