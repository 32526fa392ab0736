impl Contract {
    // ANCHOR: problems
    /// What is wrong with a request; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        self.first_problem(request).into_iter().collect()
    }

    fn first_problem(&self, request: &[Named]) -> Option<Problem> {
        let is_known = |given: &Named| self.names().any(|name| is_named(given, name));
        if let Some(given) = request.iter().find(|given| !is_known(given)) {
            return Some(self.unknown(&given.name));
        }
        for input in &self.inputs {
            let name = input.name.clone();
            let mut given = request.iter().filter(|given| is_named(given, &name));
            let Some(only) = given.next() else {
                return Some(Problem::Missing { name });
            };
            if given.next().is_some() {
                return Some(Problem::Duplicate { name });
            }
            let problem = input.problems(only).into_iter().next();
            if problem.is_some() {
                return problem;
            }
        }
        let given = |input: &Input| request.iter().find(|given| is_named(given, &input.name));
        let (ids, mask) = (given(&self.inputs[0])?, given(&self.inputs[1])?);
        (!of_one_shape(ids, mask)).then(|| Problem::ShapesDiffer {
            name: mask.name.clone(),
            given: mask.shape.clone(),
            wanted: ids.shape.clone(),
        })
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
