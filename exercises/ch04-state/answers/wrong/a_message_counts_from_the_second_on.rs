// breaks 5: the first message of a conversation is not remembered.

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
        let mut with = conversation.context.clone();
        with.extend_from_slice(input_ids);
        let logits = self.infer(&with)?;
        if said > 0 || with.len() > 1 {
            conversation.context = with;
        }
        Ok(logits)
    }
    // ANCHOR_END: say
}
