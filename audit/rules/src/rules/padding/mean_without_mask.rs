use syn::{BinOp, Expr};

use crate::calls::{arguments, bare, is_call_of, is_number};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::has_name;

pub static RULE: Rule = Rule {
    id: "padding::mean_without_mask",
    part: "why",
    finds: "A mean over all places of a row is taken without a mask.",
    why: "The places of padding have numbers too, so a short text gets another vector beside a longer one.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

/// Words of what a text encoder gives.
const HIDDEN: &[&str] = &[
    "hidden",
    "embedding",
    "embeddings",
    "embed",
    "embeds",
    "token",
    "tokens",
    "states",
    "pool",
    "pooled",
    "pooling",
    "output",
    "outputs",
    "last",
    "sequence",
];

/// How long a row is, padding too.
const LENGTHS: &[&str] = &["seq", "seq_len", "sequence_length", "seq_length"];

/// How many tokens there are, padding too or not.
const COUNTS: &[&str] = &["num_tokens", "n_tokens"];

fn check(source: &Source, findings: &mut FindingsOf) {
    // The places of a picture are all of it.
    let is_of_texts = source.text.to_lowercase().contains("token");
    for function in source.functions() {
        if knows_a_mask(&function) {
            continue;
        }
        for expr in function.exprs() {
            if is_mean_of_tokens(&function, expr, is_of_texts) {
                findings.tell(source.at(expr), "the mean of all places, padding too");
            }
        }
    }
}

fn is_mean_of_tokens(function: &Function, expr: &Expr, is_of_texts: bool) -> bool {
    match expr {
        Expr::MethodCall(_) if !is_of_texts => false,
        Expr::MethodCall(call) if call.method == "mean_axis" => {
            is_second_axis(call.args.first()) && is_about_text(function, &call.receiver)
        }
        Expr::MethodCall(call) if call.method == "mean" || call.method == "mean_keepdim" => {
            call.args.first().is_some_and(|axis| is_number(axis, 1.0))
                && is_about_text(function, &call.receiver)
        }
        Expr::Binary(binary) if matches!(binary.op, BinOp::Div(_) | BinOp::DivAssign(_)) => {
            let divisor = name_of(bare(&binary.right)).unwrap_or_default();
            let is_sum = || is_call_of(bare(&binary.left), &["sum", "sum_axis", "sum_keepdim"]);
            is_cast(&binary.right)
                && (LENGTHS.contains(&divisor.as_str())
                    // So many tokens a second, and a loss for each, are no mean of a row.
                    || COUNTS.contains(&divisor.as_str()) && is_sum())
        }
        _ => false,
    }
}

/// `(seq as f32)`
fn is_cast(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_cast(&paren.expr),
        _ => matches!(expr, Expr::Cast(_)),
    }
}

/// `Axis(1)`
fn is_second_axis(axis: Option<&Expr>) -> bool {
    axis.is_some_and(|axis| {
        is_call_of(axis, &["Axis"])
            && arguments(axis)
                .first()
                .is_some_and(|axis| is_number(axis, 1.0))
    })
}

/// By the name of what the mean is taken of, or of the function.
fn is_about_text(function: &Function, of: &Expr) -> bool {
    name_of(bare(of)).is_some_and(|name| has_word(&name, HIDDEN))
        || has_word(
            &function.name(),
            &[
                "pool",
                "pooling",
                "pooled",
                "embed",
                "embedding",
                "embeddings",
                "encode",
            ],
        )
}

fn knows_a_mask(function: &Function) -> bool {
    has_name(function, |name| {
        let name = name.to_lowercase();
        name.contains("mask") || name.contains("lengths")
    })
}
