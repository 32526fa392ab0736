use syn::Expr;

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{cast_to, plain};

pub static RULE: Rule = Rule {
    id: "precision::widened_after_the_cast",
    part: "wrong-fixes",
    finds: "A value is cast to `f32`, and then back to `f64`.",
    why: "What has been an `f32` has lost its digits, and no later cast brings them back.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["f32"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            // Its inside is looked at, too.
            if matches!(expr, Expr::Paren(_)) {
                continue;
            }
            if let Some(inside) = widened(source, expr)
                && let Some(narrowed) = narrowed(&function, inside)
                && matches!(
                    function.type_name_of(narrowed).as_deref(),
                    Some("i64" | "u64" | "i128" | "u128" | "u32" | "i32" | "usize")
                )
                && !is_compared(&function, inside)
            {
                findings.tell(source.at(expr), "has been an `f32`");
            }
        }
    }
}

/// `x` of `f64::from(x)` and `x as f64`.
fn widened<'a>(source: &Source, expr: &'a Expr) -> Option<&'a Expr> {
    if let Expr::Call(call) = expr
        && let Expr::Path(path) = &*call.func
        && source.full_name(&path.path) == "f64::from"
    {
        return call.args.first();
    }
    cast_to(expr, "f64")
}

/// `x` of `x as f32`, or of a name that was given that.
fn narrowed<'a>(function: &Function<'a>, expr: &'a Expr) -> Option<&'a Expr> {
    cast_to(expr, "f32").or_else(|| cast_to(function.value(&name_of(plain(expr))?)?, "f32"))
}

/// Whether the name is used to measure the error of the cast: `(f64::from(nearest) - value).abs()`.
fn is_compared(function: &Function, expr: &Expr) -> bool {
    let Some(name) = name_of(plain(expr)) else {
        return false;
    };
    function.exprs().into_iter().any(|expr| {
        matches!(expr, Expr::MethodCall(call) if call.method == "abs" && {
            let inside = function.source.exprs_in(&call.receiver);
            inside.iter().any(|expr| name_of(expr).as_ref() == Some(&name))
        })
    })
}
