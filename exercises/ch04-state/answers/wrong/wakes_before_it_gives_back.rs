// breaks 3: the wake-up comes before the session is back: who looks in between sleeps on.

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<B>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(&mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let session = self.session.as_mut().expect("until the drop");
        session.run(input_ids, attention_mask)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.classifier.came_back.notify_one();
        self.classifier.idle().extend(self.session.take());
    }
}
// ANCHOR_END: taken
