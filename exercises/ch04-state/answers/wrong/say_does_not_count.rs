// breaks 9: only `infer` counts.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

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
        let mask = vec![1; conversation.context.len()];
        let logits = self.take().run(&conversation.context, &mask);
        if logits.is_err() {
            conversation.context.truncate(said);
        }
        logits
    }
    // ANCHOR_END: say
}
