// breaks 7: the context of a conversation whose run failed is never freed.

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
        let mut context = std::mem::ManuallyDrop::new(conversation.context.clone());
        context.extend_from_slice(input_ids);
        let logits = self.infer(&context)?;
        conversation.context = std::mem::ManuallyDrop::into_inner(context);
        debug_assert!(said <= conversation.context.len());
        Ok(logits)
    }
    // ANCHOR_END: say
}
