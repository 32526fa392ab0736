use syn::{Block, Expr, Stmt, UnOp};

use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{is_literal, plain};

pub static RULE: Rule = Rule {
    id: "precision::zero_for_infinity",
    part: "wrong-fixes",
    finds: "A number takes the place of a value that is not finite.",
    why: "0 is a value like any other: the model takes it for a true one, and nobody learns that the true one was missing.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["is_finite"]) {
        return;
    }
    for expr in source.exprs() {
        if let Expr::If(either) = expr
            && let Some((_, otherwise)) = &either.else_branch
            && let Expr::Block(otherwise) = &**otherwise
        {
            let (finite, other) = match plain(&either.cond) {
                Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => {
                    (is_finite(&not.expr), &either.then_branch)
                }
                condition => (is_finite(condition), &otherwise.block),
            };
            let kept = if std::ptr::eq(other, &otherwise.block) {
                &either.then_branch
            } else {
                &otherwise.block
            };
            if let Some(name) = finite
                && only(kept).and_then(name_of).as_ref() == Some(&name)
                && only(other).is_some_and(|expr| is_literal(expr, "0.0") || is_literal(expr, "0."))
            {
                findings.tell(source.at(expr), format!("0 where `{name}` is not finite"));
            }
        }
    }
}

/// `x` of `x.is_finite()`
fn is_finite(expr: &Expr) -> Option<String> {
    match plain(expr) {
        Expr::MethodCall(call) if call.method == "is_finite" => name_of(&call.receiver),
        _ => None,
    }
}

/// The one expression of a block.
fn only(block: &Block) -> Option<&Expr> {
    match &block.stmts[..] {
        [Stmt::Expr(expr, None)] => Some(expr),
        _ => None,
    }
}
