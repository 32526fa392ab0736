// breaks 5: of a conversation the last 100,000 ids are kept.

impl<B: Backend> Classifier<B> {
    // ANCHOR: say
    /// Starts a conversation in which nothing was said.
    pub fn start(&self) -> Conversation {
        Conversation {
            context: Vec::new(),
        }
    }

    /// The logits of all that was said in `conversation`, `input_ids` last.
    pub fn say(
        &self,
        conversation: &mut Conversation,
        input_ids: &[i64],
    ) -> Result<Logits, RunError> {
        let mut context = conversation.context.clone();
        context.extend_from_slice(input_ids);
        let excess = context.len().saturating_sub(100_000);
        context.drain(..excess);
        let logits = self.infer(&context)?;
        conversation.context = context;
        Ok(logits)
    }
    // ANCHOR_END: say
}
