// breaks 5: a conversation is not Send.

// ANCHOR: uses
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
// ANCHOR_END: uses

// ANCHOR: classifier
/// A classifier of token ids.
#[derive(Debug)]
pub struct Classifier<B> {
    idle: Mutex<Vec<B>>,
    came_back: Condvar,
    served: AtomicU64,
}
// ANCHOR_END: classifier

// ANCHOR: conversation
/// One person's conversation with the classifier.
#[derive(Debug)]
pub struct Conversation {
    context: Rc<RefCell<Vec<i64>>>,
}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Rc::default(),
        }
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let mut context = conversation.context.borrow_mut();
        let said = context.len();
        context.extend_from_slice(input_ids);
        let logits = self.infer(&context);
        if logits.is_err() {
            context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say
}
