// breaks 5: a message that is the same as the last one is taken for a retry.

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
        if !conversation.context.ends_with(input_ids) || input_ids.is_empty() {
            conversation.context.extend_from_slice(input_ids);
        }
        let logits = self.infer(&conversation.context);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say
}
