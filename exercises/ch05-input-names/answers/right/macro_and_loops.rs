// keeps all: plain loops and a macro, without iterators
// ANCHOR: input
macro_rules! tell {
    ($problems:ident, $kind:ident, $input:ident $(, $field:ident = $value:expr)*) => {
        $problems.push(Problem::$kind { name: $input.name.to_owned() $(, $field: $value)* })
    };
}

fn compare(input: &Input, given: &Named, problems: &mut Vec<Problem>) {
    if given.values.element() != input.element {
        tell!(
            problems,
            WrongType,
            input,
            given = given.values.element(),
            wanted = input.element
        );
    }
    if given.shape.len() != input.rank {
        tell!(
            problems,
            WrongRank,
            input,
            given = given.shape.len(),
            wanted = input.rank
        );
    }
    let count = given.values.count();
    let mut places = 1_usize;
    let mut too_many = false;
    let mut empty = false;
    let mut axis = 0;
    while axis < given.shape.len() {
        let (product, wrapped) = places.overflowing_mul(given.shape[axis]);
        empty |= given.shape[axis] == 0;
        too_many |= wrapped;
        places = product;
        axis += 1;
    }
    if empty {
        tell!(problems, Empty, input, shape = given.shape.clone());
    }
    if (empty && count != 0) || (!empty && (too_many || places != count)) {
        tell!(
            problems,
            NotFilled,
            input,
            shape = given.shape.clone(),
            values = count
        );
    }
    if let Values::I64(values) = &given.values {
        let mut worst = None;
        for &value in values {
            if value < input.least || value > input.most {
                worst = Some(worst.unwrap_or(value).min(value));
            }
        }
        if let Some(value) = worst {
            tell!(
                problems,
                OutOfRange,
                input,
                value = value,
                least = input.least,
                most = input.most
            );
        }
    }
}
// ANCHOR_END: input

// ANCHOR: places
// ANCHOR_END: places

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut found: [Option<&Named>; 2] = [None, None];
        let mut counts = [0, 0];
        for given in request {
            if given.name == self.inputs[0].name {
                found[0] = Some(given);
                counts[0] += 1;
            } else if given.name == self.inputs[1].name {
                found[1] = Some(given);
                counts[1] += 1;
            } else {
                let nearest = request::nearest(&given.name, ["attention_mask", "input_ids"]);
                problems.push(Problem::Unknown {
                    name: given.name.clone(),
                    nearest,
                });
            }
        }
        for at in [1, 0] {
            let input = &self.inputs[at];
            match found[at] {
                None => tell!(problems, Missing, input),
                Some(_) if counts[at] > 1 => tell!(problems, Duplicate, input),
                Some(given) => compare(input, given, &mut problems),
            }
        }
        if let [Some(ids), Some(mask)] = found
            && counts == [1, 1]
            && ids.shape != mask.shape
        {
            let input = &self.inputs[1];
            tell!(
                problems,
                ShapesDiffer,
                input,
                given = mask.shape.clone(),
                wanted = ids.shape.clone()
            );
        }
        problems
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        ["input_ids", "attention_mask"].into_iter()
    }
    // ANCHOR_END: problems
}

// ANCHOR: uses
use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use self::request::nearest;
use crate::request::{self as wire, *};
#[allow(unused_imports)]
use wire::{Named, Problem, Refusal, RunError, Values};
// ANCHOR_END: uses
