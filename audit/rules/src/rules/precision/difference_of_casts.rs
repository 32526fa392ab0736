use syn::{BinOp, Expr};

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::cast_to;

pub static RULE: Rule = Rule {
    id: "precision::difference_of_casts",
    part: "one-right-fix",
    finds: "Two large numbers are cast to `f32`, and then one is subtracted from the other.",
    why: "Each cast rounds to a step of the large number, which may be more than the whole difference: subtract first, cast the result.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

/// Words of names of moments, which are large.
const MOMENTS: &[&str] = &[
    "timestamp",
    "epoch",
    "unix",
    "now",
    "previous",
    "ts",
    "nanos",
    "micros",
    "millis",
    "cents",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["f32"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            if let Expr::Binary(binary) = expr
                && matches!(binary.op, BinOp::Sub(_))
                && let Some(left) = cast_to(&binary.left, "f32")
                && let Some(right) = cast_to(&binary.right, "f32")
                && (is_large(&function, left) || is_large(&function, right))
            {
                findings.tell(
                    source.at(binary),
                    "both sides are rounded before the subtraction",
                );
            }
        }
    }
}

fn is_large(function: &Function, expr: &Expr) -> bool {
    match function.type_name_of(expr).as_deref() {
        Some("i64" | "u64" | "i128" | "u128" | "f64") => true,
        Some(_) => false,
        None => name_of(expr).is_some_and(|name| has_word(&name, MOMENTS)),
    }
}
