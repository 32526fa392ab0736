// breaks 7: the ids of each request that panicked are kept.
#[allow(unused_imports)]
use std::collections::*;
use std::fmt;
#[allow(unused_imports)]
use std::panic::*;
#[allow(unused_imports)]
use std::sync::{
    atomic::*,
    mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    *,
};
pub type Logits = [f32; 2];
pub trait Backend: Send + 'static {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError>;
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunError(pub String);
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    free: Condvar,
    served: AtomicU64,
    log: Mutex<Vec<Vec<i64>>>,
}
struct Lease<'a, B> {
    pool: &'a Classifier<B>,
    b: Option<B>,
}
impl<B> Drop for Lease<'_, B> {
    fn drop(&mut self) {
        let mut idle = self.pool.idle.lock().unwrap_or_else(|e| e.into_inner());
        idle.extend(self.b.take());
        drop(idle);
        self.pool.free.notify_one();
    }
}
#[derive(Debug)]
pub struct Conversation {
    said: Vec<i64>,
}

impl<B: Backend> Classifier<B> {
    pub fn new(sessions: Vec<B>) -> Self {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        Classifier {
            idle: Mutex::new(sessions),
            free: Condvar::new(),
            served: AtomicU64::new(0),
            log: Mutex::default(),
        }
    }
    fn lease(&self) -> Lease<'_, B> {
        let mut idle = self.idle.lock().unwrap();
        loop {
            if let Some(b) = idle.pop() {
                return Lease {
                    pool: self,
                    b: Some(b),
                };
            }
            idle = self.free.wait(idle).unwrap();
        }
    }
    pub fn infer(&self, ids: &[i64]) -> Result<Logits, RunError> {
        let mask = vec![1; ids.len()];
        let mut l = self.lease();
        let b = l.b.as_mut().unwrap();
        let r = match catch_unwind(AssertUnwindSafe(|| b.run(ids, &mask))) {
            Ok(r) => r?,
            Err(p) => {
                self.log.lock().unwrap().push(ids.to_vec());
                resume_unwind(p)
            }
        };
        self.served.fetch_add(1, Ordering::SeqCst);
        Ok(r)
    }

    pub fn start(&self) -> Conversation {
        Conversation { said: Vec::new() }
    }
    pub fn say(&self, c: &mut Conversation, input_ids: &[i64]) -> Result<Logits, RunError> {
        let before = c.said.len();
        c.said.extend_from_slice(input_ids);
        let r = self.infer(&c.said);
        if r.is_err() {
            c.said.truncate(before);
        }
        r
    }

    pub fn served(&self) -> u64 {
        self.served.load(Ordering::SeqCst)
    }
}
impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for RunError {}
#[cfg(test)]
mod check;
