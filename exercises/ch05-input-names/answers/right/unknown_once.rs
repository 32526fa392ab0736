// keeps all: a name that is no input is told once, however often it comes, and as repeated if it comes twice
// ANCHOR: uses
use std::collections::HashSet;
use std::iter;

use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut seen = HashSet::new();
        let mut twice = HashSet::new();
        for given in request {
            if !seen.insert(given.name.as_str()) {
                twice.insert(given.name.as_str());
            }
        }
        let known: HashSet<&str> = self.names().collect();
        let unknown = seen.difference(&known).map(|name| Problem::Unknown {
            name: name.to_string(),
            nearest: nearest(name, self.names()),
        });
        let missing = known.difference(&seen).map(|name| Problem::Missing {
            name: name.to_string(),
        });
        let repeated = twice.iter().map(|name| Problem::Duplicate {
            name: name.to_string(),
        });
        let single = |name: &str| {
            let mut all = request.iter().filter(|given| given.name == name);
            all.next().filter(|_| all.next().is_none())
        };
        let [ids, mask] = self
            .inputs
            .each_ref()
            .map(|input| (input, single(&input.name)));
        let each = [ids, mask].into_iter();
        let each = each.flat_map(|(input, given)| given.map(|given| input.problems(given)));
        let shapes = iter::zip(ids.1, mask.1).filter(|(ids, mask)| ids.shape != mask.shape);
        let shapes = shapes.map(|(ids, mask)| Problem::ShapesDiffer {
            name: mask.name.clone(),
            given: mask.shape.clone(),
            wanted: ids.shape.clone(),
        });
        unknown
            .chain(missing)
            .chain(repeated)
            .chain(each.flatten())
            .chain(shapes)
            .collect()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }
    // ANCHOR_END: problems
}
