use syn::{BinOp, Expr, ExprMethodCall, GenericArgument, Type};

use crate::finding::FindingsOf;
use crate::function::Function;
use crate::loops::loops;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{cast_to, method, plain};

pub static RULE: Rule = Rule {
    id: "precision::sum_in_f32",
    part: "wrong-fixes",
    finds: "Whole numbers are summed up as `f32`.",
    why: "Each addition to a large `f32` rounds, and equal values err the same way: sum in `u64` or `f64`, and cast the result.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["f32"]) {
        return;
    }
    for function in source.functions() {
        for each in loops(&function) {
            for expr in source.exprs_in(each) {
                if let Expr::Binary(binary) = expr
                    && matches!(binary.op, BinOp::AddAssign(_))
                    && is_whole_as_f32(&function, &binary.right)
                {
                    findings.tell(source.at(binary), "each addition rounds");
                }
            }
        }
        for expr in function.exprs() {
            if let Some(sum) = method(expr, "sum")
                && !names_another_type(sum)
                && let Some(map) = method(&sum.receiver, "map")
                && let Some(Expr::Closure(closure)) = map.args.first()
                && is_whole_as_f32(&function, &closure.body)
            {
                findings.tell(source.at(&sum.method), "the running sum is an `f32`");
            }
        }
    }
}

/// `x as f32`, where the file says that x is a whole number of many bits.
fn is_whole_as_f32(function: &Function, expr: &Expr) -> bool {
    cast_to(plain(expr), "f32").is_some_and(|inside| {
        matches!(
            function.type_name_of(inside).as_deref(),
            Some("u32" | "i32" | "u64" | "i64" | "u128" | "i128")
        )
    })
}

/// `sum::<f64>()`
fn names_another_type(call: &ExprMethodCall) -> bool {
    call.turbofish.as_ref().is_some_and(|turbofish| {
        turbofish
            .args
            .iter()
            .any(|argument| matches!(argument, GenericArgument::Type(Type::Path(path)) if !path.path.is_ident("f32")))
    })
}
