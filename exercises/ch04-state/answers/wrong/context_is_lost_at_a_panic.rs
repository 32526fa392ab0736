// breaks 7: the context is in ManuallyDrop during the run, and a panic leaves it there.
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
        let r = l.b.as_mut().unwrap().run(ids, &mask)?;
        self.served.fetch_add(1, Ordering::SeqCst);
        Ok(r)
    }

    pub fn start(&self) -> Conversation {
        Conversation { said: Vec::new() }
    }
    pub fn say(&self, c: &mut Conversation, input_ids: &[i64]) -> Result<Logits, RunError> {
        let before = c.said.len();
        c.said.extend_from_slice(input_ids);
        let all = std::mem::ManuallyDrop::new(std::mem::take(&mut c.said));
        let r = self.infer(&all);
        c.said = std::mem::ManuallyDrop::into_inner(all);
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
