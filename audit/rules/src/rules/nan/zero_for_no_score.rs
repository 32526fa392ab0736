use syn::{BinOp, Block, Expr, Stmt};

use crate::calls::{arguments, is_call_of, is_number, name_of_call};
use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::zero_for_no_score",
    part: "wrong-fixes",
    finds: "0 is returned where two vectors have no score.",
    why: "0 is the score of a right angle: it is better than each score below it, all that have no score tie, and nothing tells that it is made up.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const SCORES: &[&str] = &[
    "cosine",
    "similarity",
    "sim",
    "score",
    "dot",
    "distance",
    "dist",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        if !has_word(&function.name(), SCORES) {
            continue;
        }
        for expr in function.exprs() {
            if let Expr::If(branch) = expr
                && compares_lengths(source, &branch.cond)
                && let Some(zero) = last(&branch.then_branch).filter(|last| is_zero(last))
            {
                findings.tell(source.at(zero), "0 for vectors that do not fit together");
            }
        }
    }
    for expr in source.exprs() {
        if let Expr::MethodCall(call) = expr
            && call.method == "unwrap_or"
            && call.args.first().is_some_and(|given| is_number(given, 0.0))
            && name_of_call(&call.receiver)
                .is_some_and(|name| has_word(&name, &["cosine", "similarity"]))
        {
            findings.tell(source.at(call), "0 where there is no score");
        }
    }
}

/// `a.len() != b.len()`, also as one of several conditions.
fn compares_lengths(source: &Source, condition: &Expr) -> bool {
    source.exprs_in(condition).into_iter().any(|expr| {
        matches!(expr, Expr::Binary(binary) if matches!(binary.op, BinOp::Ne(_))
            && is_call_of(&binary.left, &["len"])
            && is_call_of(&binary.right, &["len"]))
    })
}

/// What a block gives: its last expression, or what it returns.
fn last(block: &Block) -> Option<&Expr> {
    match block.stmts.last()? {
        Stmt::Expr(Expr::Return(value), _) => value.expr.as_deref(),
        Stmt::Expr(value, None) => Some(value),
        _ => None,
    }
}

/// `0.0`, `Some(0.0)`, `Ok(0.0)`.
fn is_zero(expr: &Expr) -> bool {
    is_number(expr, 0.0)
        || is_call_of(expr, &["Some", "Ok"])
            && arguments(expr)
                .first()
                .is_some_and(|given| is_number(given, 0.0))
}
