// breaks 9: `say` counts, and so does the `infer` inside.

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
        let logits = self.infer(&conversation.context);
        if logits.is_err() {
            conversation.context.truncate(said);
        } else {
            self.served.fetch_add(1, Relaxed);
        }
        logits
    }
    // ANCHOR_END: say
}
