// keeps all: each further copy is told and compared, and the mask with a copy of the ids

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for given in request {
            if !self.names().any(|name| is_named(given, name)) {
                problems.push(self.unknown(&given.name));
            }
        }
        let [ids, mask] = self.inputs.each_ref().map(|input| {
            let mut given = request.iter().filter(|given| is_named(given, &input.name));
            let name = input.name.clone();
            match (given.next(), given.next()) {
                (Some(given), None) => {
                    problems.extend(input.problems(given));
                    return Some(given);
                }
                (None, _) => problems.push(Problem::Missing { name }),
                (Some(first), Some(second)) => {
                    for given in [first, second].into_iter().chain(given) {
                        problems.extend(input.problems(given));
                        problems.push(Problem::Duplicate { name: name.clone() });
                    }
                    return Some(second);
                }
            }
            None
        });
        if let (Some(ids), Some(mask)) = (ids, mask)
            && !of_one_shape(ids, mask)
        {
            problems.push(Problem::ShapesDiffer {
                name: mask.name.clone(),
                given: mask.shape.clone(),
                wanted: ids.shape.clone(),
            });
        }
        problems
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }

    fn unknown(&self, name: &str) -> Problem {
        Problem::Unknown {
            name: name.into(),
            nearest: nearest(name, self.names()),
        }
    }
    // ANCHOR_END: problems
}
