use syn::{BinOp, Expr};

use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "input_names::case_ignored",
    part: "wrong-fixes",
    finds: "The name of an input is compared without its case.",
    why: "It forgives the client here, and the next service with this model does not: runtimes compare names as they are.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !feeds_a_model(source) {
        return;
    }
    for expr in source.exprs() {
        let found = match expr {
            Expr::MethodCall(call) => {
                call.method == "eq_ignore_ascii_case" && is_name(&call.receiver)
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_)) => {
                is_lowered(&binary.left) || is_lowered(&binary.right)
            }
            _ => false,
        };
        if found {
            findings.tell(source.at(expr), "a name in another case is taken, too");
        }
    }
}

/// Whether the file has to do with the inputs of a model.
fn feeds_a_model(source: &Source) -> bool {
    ["Session", "input_ids", "attention_mask"]
        .iter()
        .any(|word| source.text.contains(word))
}

/// `given.name.to_lowercase()`
fn is_lowered(expr: &Expr) -> bool {
    matches!(expr, Expr::MethodCall(call)
        if (call.method == "to_lowercase" || call.method == "to_ascii_lowercase") && is_name(&call.receiver))
}

/// `given.name`, and `input.name()`
fn is_name(expr: &Expr) -> bool {
    let of = match expr {
        Expr::MethodCall(call) if call.method == "name" => &call.receiver,
        Expr::Field(field) if name_of(expr).as_deref() == Some("name") => &field.base,
        _ => return false,
    };
    name_of(of)
        .is_some_and(|of| ["input", "given", "tensor", "declared", "value"].contains(&of.as_str()))
}
