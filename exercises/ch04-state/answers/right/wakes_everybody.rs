// keeps all: each return wakes all that wait, and all but one wait again.

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
        let mut idle = self.classifier.idle();
        idle.extend(self.session.take());
        self.classifier.came_back.notify_all();
    }
}
// ANCHOR_END: taken
