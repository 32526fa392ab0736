// breaks 5: the number of axes is compared as a u8

// ANCHOR: input
impl Input {
    /// What is wrong with a tensor that was given for this input.
    fn problems(&self, given: &Named) -> Vec<Problem> {
        let name = || self.name.clone();
        let mut problems = Vec::new();
        if given.values.element() != self.element {
            problems.push(Problem::WrongType {
                name: name(),
                given: given.values.element(),
                wanted: self.element,
            });
        }
        if given.shape.len() as u8 != self.rank as u8 {
            problems.push(Problem::WrongRank {
                name: name(),
                given: given.shape.len(),
                wanted: self.rank,
            });
        }
        if places(&given.shape) != Some(given.values.count()) {
            problems.push(Problem::NotFilled {
                name: name(),
                shape: given.shape.clone(),
                values: given.values.count(),
            });
        }
        if given.shape.contains(&0) {
            problems.push(Problem::Empty {
                name: name(),
                shape: given.shape.clone(),
            });
        }
        if let Values::I64(values) = &given.values {
            let range = self.least..=self.most;
            if let Some(&value) = values.iter().find(|value| !range.contains(value)) {
                problems.push(Problem::OutOfRange {
                    name: name(),
                    value,
                    least: self.least,
                    most: self.most,
                });
            }
        }
        problems
    }
}
// ANCHOR_END: input
