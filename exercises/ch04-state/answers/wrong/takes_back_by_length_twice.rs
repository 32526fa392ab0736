// breaks 6: after a second error in a row more is taken back than was said.

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
    context: Vec<i64>,
    failed: usize,
}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Vec::new(),
            failed: 0,
        }
    }

    /// The logits of all that was said.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        conversation.context.extend_from_slice(input_ids);
        let logits = self.infer(&conversation.context);
        if logits.is_err() {
            conversation.failed += input_ids.len();
            let left = conversation
                .context
                .len()
                .saturating_sub(conversation.failed);
            conversation.context.truncate(left);
        } else {
            conversation.failed = 0;
        }
        logits
    }
    // ANCHOR_END: say
}
