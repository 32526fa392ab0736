use syn::{Expr, ExprMethodCall};

use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, last_of_path, method};

pub static RULE: Rule = Rule {
    id: "precision::positions_in_half_precision",
    part: "seen-in-the-wild",
    finds: "Positions are cast to the type of the weights.",
    why: "Where that is `bf16`, 257 becomes 256: of the first 4,096 positions 769 are left, and long prompts may get fluent nonsense. Compute positions in `f32`, and cast what comes of them.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["arange"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            if let Some(cast) = method(expr, "to_dtype")
                && is_arange(&cast.receiver)
                && let Some(dtype) = cast.args.first()
                && may_be_half(dtype)
                && name_of(dtype)
                    .and_then(|name| function.value(&name))
                    .is_none_or(may_be_half)
            {
                findings.tell(
                    source.at(&cast.method),
                    "positions of the type of the weights",
                );
            }
        }
    }
}

/// `Tensor::arange(..)`, and what only moves its elements.
fn is_arange(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => {
            called(call).is_some_and(|name| name == "arange" || name == "arange_step")
        }
        Expr::Try(tried) => is_arange(&tried.expr),
        Expr::MethodCall(ExprMethodCall {
            receiver, method, ..
        }) => {
            [
                "reshape",
                "unsqueeze",
                "to_device",
                "unwrap",
                "expect",
                "to_dtype",
            ]
            .contains(&method.to_string().as_str())
                && is_arange(receiver)
        }
        _ => false,
    }
}

/// `DType::BF16`, `vb.dtype()` and `dtype`, and no type that is named and wide.
fn may_be_half(dtype: &Expr) -> bool {
    match last_of_path(dtype) {
        Some(name) if name.chars().all(|c| c.is_uppercase() || c.is_numeric()) => {
            ["F16", "BF16"].contains(&name.as_str())
        }
        _ => true,
    }
}
