// breaks 3: `say` is serialised by a lock, `infer` is not.

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

static SAYING: Mutex<()> = Mutex::new(());
// ANCHOR_END: uses

impl<B: Backend> Classifier<B> {
    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Vec::new(),
        }
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let _one = SAYING.lock().unwrap_or_else(PoisonError::into_inner);
        let said = conversation.context.len();
        conversation.context.extend_from_slice(input_ids);
        let logits = self.infer(&conversation.context);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say
}
