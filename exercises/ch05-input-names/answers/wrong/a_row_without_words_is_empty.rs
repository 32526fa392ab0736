// breaks 1, 10: a row whose mask is all 0 is told as empty

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
        if given.shape.len() != self.rank {
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
        let no_word = |row: &[i64]| row.iter().all(|mask| *mask == 0);
        let width = given.shape.last().copied().unwrap_or(1).max(1);
        let row_is_empty = matches!(&given.values, Values::I64(values) if self.most == 1 && values.chunks(width).any(no_word));
        if row_is_empty || given.shape.contains(&0) {
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
