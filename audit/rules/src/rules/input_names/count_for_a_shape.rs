use syn::{BinOp, Expr};

use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::tensors::{Input, input};

pub static RULE: Rule = Rule {
    id: "input_names::count_for_a_shape",
    part: "wrong-fixes",
    finds: "The numbers of values of two tensors are compared, and not their shapes.",
    why: "`[5, 2]` has as many values as `[2, 5]`: which mask belongs to which id is not told.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

/// How many values a tensor has. `len()` of a list of ids is its shape.
const COUNTS: &[&str] = &[
    "count",
    "elem_count",
    "numel",
    "num_elements",
    "element_count",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["mask"]) {
        return;
    }
    for expr in source.exprs() {
        if let Expr::Binary(binary) = expr
            && matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_))
            && let (Some(left), Some(right)) = (counted(&binary.left), counted(&binary.right))
            && left != right
        {
            findings.tell(source.at(expr), "as many values may have another shape");
        }
    }
}

/// `ids` of `ids.values.count()`
fn counted(expr: &Expr) -> Option<Input> {
    let Expr::MethodCall(call) = expr else {
        return None;
    };
    if !COUNTS.contains(&call.method.to_string().as_str()) || !call.args.is_empty() {
        return None;
    }
    let mut of = &*call.receiver;
    loop {
        if let Some(input) = name_of(of).as_deref().and_then(input) {
            return Some(input);
        }
        of = match of {
            Expr::Field(field) => &field.base,
            Expr::MethodCall(call) => &call.receiver,
            _ => return None,
        };
    }
}
