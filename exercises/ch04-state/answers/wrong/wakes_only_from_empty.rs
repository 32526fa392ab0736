// breaks 3: a return wakes a request only if the pool was empty: the second of two that wait is not woken.

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
        if idle.is_empty() {
            self.classifier.came_back.notify_one();
        }
        idle.extend(self.session.take());
    }
}
// ANCHOR_END: taken
