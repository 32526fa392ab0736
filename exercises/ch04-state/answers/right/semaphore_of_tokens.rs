// keeps all: a channel with a token for each session says whether one is idle; the sessions lie in locked places.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    places: Vec<Mutex<B>>,
    give: SyncSender<usize>,
    get: Mutex<Receiver<usize>>,
    served: AtomicU64,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let (give, get) = sync_channel(sessions.len());
        for place in 0..sessions.len() {
            give.send(place).expect("it is received in `take`");
        }
        Classifier {
            places: sessions.into_iter().map(Mutex::new).collect(),
            give,
            get: Mutex::new(get),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: take
    fn take(&self) -> Taken<'_, B> {
        let get = self.get.lock().unwrap_or_else(PoisonError::into_inner);
        let place = get.recv().expect("`give` is beside it");
        Taken {
            place,
            classifier: self,
        }
    }
    // ANCHOR_END: take
}

// ANCHOR: idle
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    place: usize,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let session = self.classifier.places[self.place].lock();
        session
            .unwrap_or_else(PoisonError::into_inner)
            .run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.classifier
            .give
            .send(self.place)
            .expect("`get` is beside it");
    }
}
// ANCHOR_END: taken
