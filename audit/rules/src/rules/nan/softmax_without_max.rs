use syn::{BinOp, Expr};

use crate::calls::bare;
use crate::finding::FindingsOf;
use crate::function::{Function, has_word};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::has_name_in_body;

pub static RULE: Rule = Rule {
    id: "nan::softmax_without_max",
    part: "wrong-fixes",
    finds: "A softmax takes the power of each logit as it is.",
    why: "`exp` of 89 is infinite in an f32, and infinity divided by infinity is NaN: take off the highest logit first.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        if !has_word(&function.name(), &["softmax"]) || takes_off_the_highest(&function) {
            continue;
        }
        for expr in function.exprs() {
            if let Expr::MethodCall(call) = expr
                && call.method == "exp"
                && call.args.is_empty()
                && !is_difference(&call.receiver)
            {
                findings.tell(source.at(call), "may be infinite, or 0 for each logit");
            }
        }
    }
}

/// `(logit - highest)`, also divided by a temperature.
fn is_difference(expr: &Expr) -> bool {
    match bare(expr) {
        Expr::Binary(binary) => match binary.op {
            BinOp::Sub(_) => true,
            BinOp::Mul(_) | BinOp::Div(_) => is_difference(&binary.left),
            _ => false,
        },
        _ => false,
    }
}

/// Whether anything in it is called a maximum.
fn takes_off_the_highest(function: &Function) -> bool {
    has_name_in_body(function, |name| {
        let name = name.to_lowercase();
        name != "softmax" && name.contains("max")
            || ["highest", "largest", "peak", "shift", "shifted"].contains(&name.as_str())
    })
}
