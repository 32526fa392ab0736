use syn::Expr;

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{cast_to, plain};

pub static RULE: Rule = Rule {
    id: "precision::round_trip_saturates",
    part: "wrong-fixes",
    finds: "A whole number is cast to a float, and the float back to the same type.",
    why: "The way back saturates: the largest value becomes 2^64, and comes back as itself, so that the test of an exact cast passes.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const WHOLE: &[&str] = &["u32", "i32", "u64", "i64", "usize", "isize"];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        for expr in function.exprs() {
            // Its inside is looked at, too.
            if matches!(expr, Expr::Paren(_)) {
                continue;
            }
            for ty in WHOLE {
                if let Some(float) = cast_to(expr, ty)
                    && let Some(whole) = cast_from(&function, float)
                    && function.type_name_of(whole).as_deref() == Some(*ty)
                {
                    findings.tell(source.at(expr), format!("`{ty}::MAX` comes back as itself"));
                }
            }
        }
    }
}

/// `x` of `x as f32`, or of a name that was given that.
fn cast_from<'a>(function: &Function<'a>, expr: &'a Expr) -> Option<&'a Expr> {
    let cast = |expr: &'a Expr| cast_to(expr, "f32").or_else(|| cast_to(expr, "f64"));
    cast(expr).or_else(|| cast(function.value(&name_of(plain(expr))?)?))
}
