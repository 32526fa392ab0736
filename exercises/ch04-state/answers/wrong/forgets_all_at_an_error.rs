// breaks 6, 5: after an error the whole conversation is forgotten.

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
        let mut context = std::mem::take(&mut conversation.context);
        context.extend_from_slice(input_ids);
        let logits = self.infer(&context)?;
        conversation.context = context;
        Ok(logits)
    }
    // ANCHOR_END: say
}
