// keeps all: the rules are boxed closures that a builder puts together, and the first value of each kind is told
// ANCHOR: input
type Rule<'i> = Box<dyn Fn(&Named) -> Option<Problem> + 'i>;

impl Input {
    fn rules(&self) -> Vec<Rule<'_>> {
        let name = || self.name.clone();
        let count = |given: &Named| given.values.count();
        vec![
            Box::new(move |given| {
                let wanted = self.element;
                let given = given.values.element();
                (given != wanted).then(|| Problem::WrongType {
                    name: name(),
                    given,
                    wanted,
                })
            }),
            Box::new(move |given| match (given.shape.len(), self.rank) {
                (given, wanted) if given == wanted => None,
                (given, wanted) => Some(Problem::WrongRank {
                    name: name(),
                    given,
                    wanted,
                }),
            }),
            Box::new(move |given| {
                (places(&given.shape) != Some(count(given))).then(|| Problem::NotFilled {
                    name: name(),
                    shape: given.shape.clone(),
                    values: count(given),
                })
            }),
            Box::new(move |given| {
                let empty = given.shape.iter().position(|axis| *axis == 0);
                empty.map(|_| Problem::Empty {
                    name: name(),
                    shape: given.shape.clone(),
                })
            }),
            Box::new(move |given| match &given.values {
                Values::I64(values) => {
                    let mut sorted = values.clone();
                    sorted.sort_unstable();
                    let ends = [sorted.first().copied()?, sorted.last().copied()?];
                    let value = ends
                        .into_iter()
                        .find(|end| *end < self.least || *end > self.most)?;
                    Some(Problem::OutOfRange {
                        name: name(),
                        value,
                        least: self.least,
                        most: self.most,
                    })
                }
                _ => None,
            }),
        ]
    }

    fn problems(&self, given: &Named) -> Vec<Problem> {
        let rules = self.rules();
        rules.iter().filter_map(|rule| rule(given)).collect()
    }
}
// ANCHOR_END: input
