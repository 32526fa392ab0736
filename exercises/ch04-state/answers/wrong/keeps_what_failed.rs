// breaks 6: a message whose run failed stays said.

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
        conversation.context.extend_from_slice(input_ids);
        self.infer(&conversation.context)
    }
    // ANCHOR_END: say
}
