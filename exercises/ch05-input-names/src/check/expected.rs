//! A model of the promises: what is to be told of a request, and of a model's inputs.

use ort::value::TensorElementType;

use crate::request::{Named, Problem, Values, nearest};

/// The inputs that this code feeds.
pub const NAMES: [&str; 2] = ["input_ids", "attention_mask"];

/// An input that a model declares: its name, type and number of axes.
pub type Declared = (String, TensorElementType, usize);

/// What is to be told. All else is not so.
#[derive(Debug, Default)]
pub struct Expected {
    /// One problem of each list.
    pub must: Vec<Vec<Problem>>,
    /// Problems that are there, and that the promises let be told or not.
    pub may: Vec<Problem>,
}

impl Expected {
    fn must(&mut self, problem: Problem) {
        self.must.push(vec![problem]);
    }

    /// All that may be told.
    pub fn all(&self) -> impl Iterator<Item = &Problem> {
        self.must.iter().flatten().chain(&self.may)
    }

    /// What must be told and was not: of one list all of it.
    pub fn not_told(&self, told: &[Problem]) -> Option<&[Problem]> {
        let is_told = |list: &&Vec<Problem>| list.iter().any(|problem| told.contains(problem));
        let list = self.must.iter().find(|list| !is_told(list))?;
        Some(list)
    }

    /// What was told and is not so.
    pub fn not_so<'t>(&self, told: &'t [Problem]) -> Option<&'t Problem> {
        told.iter()
            .find(|told| self.all().all(|problem| problem != *told))
    }
}

/// What is to be told of a request to a model of `vocabulary` ids.
pub fn of_request(vocabulary: usize, request: &[Named]) -> Expected {
    let mut expected = Expected::default();
    let given_as = |name: &str| -> Vec<&Named> {
        let given = request.iter().filter(|given| given.name == name);
        given.collect()
    };
    for given in request {
        let name = given.name.clone();
        if !NAMES.contains(&name.as_str()) {
            if given_as(&name).len() > 1 {
                expected.may.push(Problem::Duplicate { name: name.clone() });
            }
            let nearest = nearest(&name, NAMES);
            expected.must(Problem::Unknown { name, nearest });
        }
    }
    let [ids, mask] = NAMES.map(given_as);
    let most = [vocabulary as i64 - 1, 1];
    for (copies, (name, most)) in [&ids, &mask].into_iter().zip(NAMES.into_iter().zip(most)) {
        let name = String::from(name);
        match &copies[..] {
            [] => expected.must(Problem::Missing { name }),
            [given] => of_tensor(given, most, &mut expected),
            copies => {
                expected.must(Problem::Duplicate { name });
                let mut of_copies = Expected::default();
                for given in copies {
                    of_tensor(given, most, &mut of_copies);
                }
                expected.may.extend(of_copies.all().cloned());
            }
        }
    }
    for mask in &mask {
        for ids in ids.iter().filter(|ids| ids.shape != mask.shape) {
            let problem = Problem::ShapesDiffer {
                name: mask.name.clone(),
                given: mask.shape.clone(),
                wanted: ids.shape.clone(),
            };
            let are_single = given_as(&ids.name).len() == 1 && given_as(&mask.name).len() == 1;
            if are_single && ids.shape.len() == 2 && mask.shape.len() == 2 {
                expected.must(problem);
            } else {
                expected.may.push(problem);
            }
        }
    }
    expected
}

/// What is to be told of texts of which one has an id that is none.
pub fn of_texts(vocabulary: usize, texts: &[Vec<i64>]) -> Expected {
    let most = vocabulary as i64 - 1;
    let foreign = texts
        .iter()
        .flatten()
        .filter(|id| !(0..=most).contains(*id));
    let foreign = foreign.map(|&value| Problem::OutOfRange {
        name: NAMES[0].into(),
        value,
        least: 0,
        most,
    });
    Expected {
        must: vec![foreign.collect()],
        may: vec![],
    }
}

/// What is to be told of a tensor that is given under the name of an input.
fn of_tensor(given: &Named, most: i64, expected: &mut Expected) {
    let name = || given.name.clone();
    let shape = || given.shape.clone();
    let (element, count) = (given.values.element(), given.values.count());
    if element != TensorElementType::Int64 {
        expected.must(Problem::WrongType {
            name: name(),
            given: element,
            wanted: TensorElementType::Int64,
        });
    }
    if given.shape.len() != 2 {
        expected.must(Problem::WrongRank {
            name: name(),
            given: given.shape.len(),
            wanted: 2,
        });
    }
    let axes = given.shape.iter();
    // At its limit it is still more than there can be values, and an axis of 0 makes it 0.
    let places = axes.fold(1_u128, |places, axis| places.saturating_mul(*axis as u128));
    if places != count as u128 {
        expected.must(Problem::NotFilled {
            name: name(),
            shape: shape(),
            values: count,
        });
    }
    if given.shape.contains(&0) {
        expected.must(Problem::Empty {
            name: name(),
            shape: shape(),
        });
    }
    let values: Vec<i64> = match &given.values {
        Values::I64(values) => values.clone(),
        Values::I32(values) => values.iter().map(|value| i64::from(*value)).collect(),
        Values::F32(values) => values.iter().map(|value| *value as i64).collect(),
    };
    let outside = values
        .into_iter()
        .filter(|value| !(0..=most).contains(value));
    let outside: Vec<Problem> = outside
        .map(|value| Problem::OutOfRange {
            name: name(),
            value,
            least: 0,
            most,
        })
        .collect();
    if element != TensorElementType::Int64 {
        expected.may.extend(outside);
    } else if !outside.is_empty() {
        expected.must.push(outside);
    }
}

/// What is to be told of a model that declares these inputs.
pub fn of_model(declared: &[Declared]) -> Expected {
    let mut expected = Expected::default();
    for (name, ..) in declared {
        if !NAMES.contains(&name.as_str()) {
            expected.must(Problem::Missing { name: name.clone() });
        }
    }
    for name in NAMES {
        let Some((_, element, rank)) = declared.iter().find(|(declared, ..)| declared == name)
        else {
            expected.must(Problem::Unknown {
                name: name.into(),
                nearest: nearest(name, declared.iter().map(|(name, ..)| name.as_str())),
            });
            continue;
        };
        if *element != TensorElementType::Int64 {
            expected.must(Problem::WrongType {
                name: name.into(),
                given: TensorElementType::Int64,
                wanted: *element,
            });
        }
        if *rank != 2 {
            expected.must(Problem::WrongRank {
                name: name.into(),
                given: 2,
                wanted: *rank,
            });
        }
    }
    expected
}
