use syn::{BinOp, Expr};

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{cast_to, plain};

pub static RULE: Rule = Rule {
    id: "precision::round_trip_saturates",
    part: "wrong-fixes",
    finds: "A whole number is cast to a float, and the float back to the same type.",
    why: "The way back saturates: the largest `u64` becomes 2^64, and comes back as itself, so that the test of an exact cast passes.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

/// Integers of which a float lacks some, the largest among them.
const LACKS: &[(&str, &[&str])] = &[
    ("f32", &["u32", "i32", "u64", "i64", "usize", "isize"]),
    ("f64", &["u64", "i64", "usize", "isize"]),
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["f32", "f64"]) {
        return;
    }
    for function in source.functions() {
        for compared in function.exprs().into_iter().flat_map(compared) {
            for (float, integers) in LACKS {
                for ty in *integers {
                    if let Some(inside) = cast_to(compared, ty)
                        && let Some(whole) = cast_from(&function, inside, float)
                        && function.type_name_of(whole).as_deref() == Some(*ty)
                    {
                        let label = format!("`{ty}::MAX` comes back as itself");
                        findings.tell(source.at(compared), label);
                    }
                }
            }
        }
    }
}

/// The sides of a comparison, and what a difference is taken of: casts elsewhere test nothing.
fn compared(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Binary(binary)
            if matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Sub(_)) =>
        {
            vec![plain(&binary.left), plain(&binary.right)]
        }
        Expr::MethodCall(call) if call.method == "abs_diff" => {
            let mut both = vec![plain(&call.receiver)];
            both.extend(call.args.first().map(plain));
            both
        }
        _ => Vec::new(),
    }
}

/// `x` of `x as f32`, or of a name that was given that.
fn cast_from<'a>(function: &Function<'a>, expr: &'a Expr, float: &str) -> Option<&'a Expr> {
    cast_to(expr, float).or_else(|| cast_to(function.value(&name_of(plain(expr))?)?, float))
}
