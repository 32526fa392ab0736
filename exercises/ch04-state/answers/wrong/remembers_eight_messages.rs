// breaks 5: a conversation forgets all but its last eight messages.

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
    messages: Vec<Vec<i64>>,
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
        conversation.messages.push(input_ids.to_vec());
        let from = conversation.messages.len().saturating_sub(8);
        self.infer(&conversation.messages[from..].concat())
            .inspect_err(|_| {
                conversation.messages.pop();
            })
    }
    // ANCHOR_END: say
}
