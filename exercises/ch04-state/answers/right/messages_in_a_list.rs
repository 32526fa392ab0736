// keeps all: a conversation keeps its messages apart and joins them for each run.

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
#[derive(Debug, Clone, Default)]
pub struct Conversation {
    messages: Vec<Box<[i64]>>,
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
        conversation.messages.push(input_ids.into());
        self.infer(&conversation.messages.concat())
            .inspect_err(|_| {
                conversation.messages.pop();
            })
    }
    // ANCHOR_END: say
}
