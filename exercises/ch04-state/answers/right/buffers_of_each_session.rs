// keeps all: each session has buffers as long as the longest text, and the mask takes the rest out of account.

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<Worker<B>>>,
    came_back: Condvar,
    served: AtomicU64,
}

/// A session with the buffers that its requests fill.
#[derive(Debug)]
struct Worker<B> {
    session: B,
    input_ids: Vec<i64>,
    attention_mask: Vec<i64>,
}
// ANCHOR_END: classifier

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        let worker = |session| Worker {
            session,
            input_ids: Vec::new(),
            attention_mask: Vec::new(),
        };
        Classifier {
            idle: Mutex::new(sessions.into_iter().map(worker).collect()),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new

    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let logits = self.take().run(input_ids)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}

// ANCHOR: idle
impl<B> Classifier<B> {
    fn idle(&self) -> MutexGuard<'_, Vec<Worker<B>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
// ANCHOR_END: idle

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<Worker<B>>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, text: &[i64]) -> Result<Logits, RunError> {
        let Worker {
            session,
            input_ids,
            attention_mask,
        } = self.session.as_mut().expect("until the drop");

        if text.len() > input_ids.len() {
            input_ids.resize(text.len(), 0);
            attention_mask.resize(text.len(), 0);
        }
        input_ids[..text.len()].copy_from_slice(text);
        attention_mask.fill(0);
        attention_mask[..text.len()].fill(1);
        session.run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.classifier.idle().extend(self.session.take());
        self.classifier.came_back.notify_one();
    }
}
// ANCHOR_END: taken
