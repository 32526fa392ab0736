// breaks 4: after a thousand looks at the flags a request takes the first session, busy or not.

// ANCHOR: uses
use std::cell::UnsafeCell;
use std::fmt;
use std::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
use std::thread;
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    slots: Box<[Slot<B>]>,
    served: AtomicU64,
}

#[derive(Debug)]
struct Slot<B> {
    busy: AtomicBool,
    session: UnsafeCell<B>,
}

// SAFETY: only the thread that has set `busy` uses the session.
unsafe impl<B: Send> Sync for Slot<B> {}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let slot = |session| Slot {
            busy: AtomicBool::new(false),
            session: UnsafeCell::new(session),
        };
        Classifier {
            slots: sessions.into_iter().map(slot).collect(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        for _ in 0..1000 {
            for slot in &self.slots {
                if slot
                    .busy
                    .compare_exchange(false, true, Acquire, Relaxed)
                    .is_ok()
                {
                    return Taken(slot);
                }
            }
            thread::yield_now();
        }
        Taken(&self.slots[0])
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B>(&'a Slot<B>);

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        // SAFETY: this thread has set `busy`.
        unsafe { &mut *self.0.session.get() }.run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.0.busy.store(false, Release);
    }
}
// ANCHOR_END: taken
