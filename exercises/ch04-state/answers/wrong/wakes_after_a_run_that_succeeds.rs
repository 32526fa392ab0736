// breaks 3, 8: a run that fails puts its session back and wakes nobody.

// ANCHOR: taken
struct Taken<'a, B> {
    session: Option<B>,
    classifier: &'a Classifier<B>,
}

impl<B: Backend> Taken<'_, B> {
    fn run(mut self, input_ids: &[i64], attention_mask: &[i64]) -> Result<Logits, RunError> {
        let session = self.session.as_mut().expect("until the drop");
        let logits = session.run(input_ids, attention_mask)?;
        let classifier = self.classifier;
        drop(self);
        classifier.came_back.notify_one();
        Ok(logits)
    }
}

impl<B> Drop for Taken<'_, B> {
    fn drop(&mut self) {
        self.classifier.idle().extend(self.session.take());
    }
}
// ANCHOR_END: taken
