use syn::Expr;

use crate::calls::{arguments, bare, is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::function::{has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "layout::width_before_height",
    part: "one-right-fix",
    finds: "The shape of a picture has its width before its height.",
    why: "The rows of a picture lie one below the other, so its array is height by width: a square picture hides the mistake, any other comes out in stripes.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

/// Calls that take a shape.
const SHAPED: &[&str] = &[
    "from_shape_vec",
    "from_shape_fn",
    "from_shape",
    "from_vec",
    "from_slice",
    "from_array",
    "from_data",
    "zeros",
    "reshape",
    "into_shape_with_order",
    "into_shape",
    "to_shape",
    "new",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.is_about_models() {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            if !is_call_of(expr, SHAPED) {
                continue;
            }
            for given in arguments(expr) {
                let shapes = match name_of(given) {
                    Some(name) => function.values(&name).to_vec(),
                    None => vec![given],
                };
                for shape in shapes {
                    if is_swapped(shape) {
                        findings.tell(source.at(shape), "width before height");
                    }
                }
            }
        }
    }
}

/// `(width, height, 3)`, `[1, 3, w, h]`: two lengths in the wrong order, beside those of other axes.
fn is_swapped(shape: &Expr) -> bool {
    let lengths: Vec<&Expr> = match bare(shape) {
        Expr::Tuple(tuple) => tuple.elems.iter().collect(),
        Expr::Array(array) => array.elems.iter().collect(),
        Expr::Macro(_) => return false,
        _ => return false,
    };
    let place = |words: &[&str]| {
        lengths.iter().position(|length| {
            let length = bare(length);
            name_of(length)
                .or_else(|| name_of_call(length))
                .is_some_and(|name| has_word(&name, words) && !has_word(&name, &["dim", "dims"]))
        })
    };
    lengths.len() >= 3
        && place(&["width", "w"])
            .zip(place(&["height", "h"]))
            .is_some_and(|(width, height)| width + 1 == height)
}
