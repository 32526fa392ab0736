// keeps all: each rule is a function in a table, and one report collects what they say
// ANCHOR: input
type Rule = fn(&Input, &Named, &mut Report);

#[derive(Default)]
struct Report(Vec<Problem>);

impl Report {
    fn when(&mut self, wrong: bool, problem: impl FnOnce() -> Problem) {
        if wrong {
            self.0.push(problem());
        }
    }
}

const RULES: [Rule; 5] = [
    has_its_type,
    has_its_axes,
    is_filled,
    has_no_empty_axis,
    is_in_range,
];

fn has_its_type(input: &Input, given: &Named, report: &mut Report) {
    let element = given.values.element();
    report.when(element != input.element, || Problem::WrongType {
        name: input.name.clone(),
        given: element,
        wanted: input.element,
    });
}

fn has_its_axes(input: &Input, given: &Named, report: &mut Report) {
    report.when(given.shape.len() != input.rank, || Problem::WrongRank {
        name: input.name.clone(),
        given: given.shape.len(),
        wanted: input.rank,
    });
}

fn is_filled(input: &Input, given: &Named, report: &mut Report) {
    // Divided out of the number of values, the axes need no product.
    let mut rest = given.values.count();
    let empty = given.shape.contains(&0);
    let mut divides = true;
    for &axis in given.shape.iter().filter(|axis| **axis > 0) {
        divides &= rest.is_multiple_of(axis);
        rest /= axis;
    }
    let filled = if empty {
        given.values.count() == 0
    } else {
        divides && rest == 1
    };
    report.when(!filled, || Problem::NotFilled {
        name: input.name.clone(),
        shape: given.shape.to_vec(),
        values: given.values.count(),
    });
}

fn has_no_empty_axis(input: &Input, given: &Named, report: &mut Report) {
    report.when(given.shape.iter().min() == Some(&0), || Problem::Empty {
        name: input.name.clone(),
        shape: given.shape.to_vec(),
    });
}

fn is_in_range(input: &Input, given: &Named, report: &mut Report) {
    let Values::I64(values) = &given.values else {
        return;
    };
    let extremes = [values.iter().min(), values.iter().max()];
    for &value in extremes.into_iter().flatten() {
        report.when(!(input.least..=input.most).contains(&value), || {
            Problem::OutOfRange {
                name: input.name.clone(),
                value,
                least: input.least,
                most: input.most,
            }
        });
    }
}

impl Input {
    fn problems(&self, given: &Named) -> Vec<Problem> {
        let mut report = Report::default();
        for rule in RULES {
            rule(self, given, &mut report);
        }
        report.0
    }
}
// ANCHOR_END: input

// ANCHOR: places
// ANCHOR_END: places
