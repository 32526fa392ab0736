// breaks 5: a conversation forgets all but its last 128 ids.

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
        let said = conversation.context.len();
        conversation.context.extend_from_slice(input_ids);
        let from = conversation.context.len().saturating_sub(128);
        let logits = self.infer(&conversation.context[from..]);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say
}
