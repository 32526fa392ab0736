// breaks 6: a message that failed is put before the next one.

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
#[derive(Debug, Default)]
pub struct Conversation {
    context: Vec<i64>,
    unsaid: Vec<i64>,
}
// ANCHOR_END: conversation

impl<B: Backend> Classifier<B> {
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
        if conversation.unsaid != input_ids {
            conversation.unsaid.extend_from_slice(input_ids);
        }
        let with = [&conversation.context[..], &conversation.unsaid].concat();
        let logits = self.infer(&with)?;
        conversation.context = with;
        conversation.unsaid.clear();
        Ok(logits)
    }
    // ANCHOR_END: say
}
