use syn::Expr;

use crate::calls::is_call_of;
use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "layout::raw_after_permute",
    part: "folklore",
    finds: "The memory of an array is taken after its axes were moved.",
    why: "Moving an axis changes shape and strides and no value, so the numbers stand in the old order under the new shape.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

/// Change what an index means.
const MOVES: &[&str] = &[
    "permuted_axes",
    "reversed_axes",
    "invert_axis",
    "swap_axes",
    "merge_axes",
];

/// Give the memory as it is.
const RAW: &[&str] = &[
    "into_raw_vec",
    "into_raw_vec_and_offset",
    "as_slice_memory_order",
    "as_slice_memory_order_mut",
    "as_ptr",
];

/// Put the values into the order of the indices.
const ORDERS: &[&str] = &[
    "as_standard_layout",
    "to_shape",
    "iter",
    "into_iter",
    "assign",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("axes") && !source.text.contains("axis") {
        return;
    }
    for function in source.functions() {
        let exprs = function.exprs();
        for expr in &exprs {
            if let Expr::MethodCall(call) = expr
                && is_call_of(expr, RAW)
                && is_moved(&function, &exprs, &call.receiver)
            {
                findings.tell(
                    source.at(&call.method),
                    "gives the values as they lie in memory",
                );
            }
        }
    }
}

/// Whether axes are moved in what an expression is made of, or in place, and nothing orders the values again.
fn is_moved<'a>(function: &Function<'a>, exprs: &[&'a Expr], array: &'a Expr) -> bool {
    let parts = function.made_of(array);
    let in_place = || {
        let name = name_of(array);
        name.is_some()
            && exprs.iter().any(|expr| {
                matches!(expr, Expr::MethodCall(call)
                    if is_call_of(expr, MOVES) && name_of(&call.receiver) == name)
            })
    };
    !parts.iter().any(|part| is_call_of(part, ORDERS))
        && (parts.iter().any(|part| is_call_of(part, MOVES)) || in_place())
}
