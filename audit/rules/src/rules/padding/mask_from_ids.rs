use syn::{BinOp, Expr, Member};

use crate::calls::bare;
use crate::finding::FindingsOf;
use crate::function::{has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "padding::mask_from_ids",
    part: "wrong-fixes",
    finds: "A mask is made by comparing token ids with the id of padding.",
    why: "A text may have a token of that id, above all where a model has no padding of its own and uses its end of text: it is lost.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("mask") || !source.text.to_lowercase().contains("pad") {
        return;
    }
    for function in source.functions() {
        // Places are counted by a mask that the model itself makes so.
        if has_word(&function.name(), &["position", "positions"]) {
            continue;
        }
        let is_mask = has_word(&function.name(), &["mask", "masks"]);
        for expr in function.exprs() {
            if is_mask {
                tell(source, findings, expr);
            }
            if let Expr::Struct(made) = expr {
                for field in &made.fields {
                    if let Member::Named(name) = &field.member
                        && has_word(&name.to_string(), &["mask", "masks"])
                    {
                        tell_all(source, findings, &field.expr);
                    }
                }
            }
        }
        for (name, value) in function.locals() {
            if has_word(name, &["mask", "masks"]) {
                tell_all(source, findings, value);
            }
        }
    }
}

fn tell_all(source: &Source, findings: &mut FindingsOf, value: &Expr) {
    for part in source.exprs_in(value) {
        tell(source, findings, part);
    }
}

/// `id != pad_id`, `ids.ne(pad_id)`
fn tell(source: &Source, findings: &mut FindingsOf, expr: &Expr) {
    let compares = match expr {
        Expr::Binary(binary) if matches!(binary.op, BinOp::Ne(_) | BinOp::Eq(_)) => {
            is_pad(&binary.left) || is_pad(&binary.right)
        }
        Expr::MethodCall(call) if call.method == "ne" || call.method == "eq" => {
            call.args.first().is_some_and(is_pad)
        }
        _ => false,
    };
    if compares {
        findings.tell(source.at(expr), "a token of this id is lost");
    }
}

fn is_pad(expr: &Expr) -> bool {
    name_of(bare(expr)).is_some_and(|name| {
        has_word(&name, &["pad", "padding"])
            && !has_word(
                &name,
                &["side", "direction", "strategy", "len", "length", "mode"],
            )
    })
}
