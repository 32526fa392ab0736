use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Local};

use crate::calls::{is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::divided_by_norms",
    part: "why",
    finds: "A score is divided by a norm that nothing has looked at.",
    why: "For a vector of zeros it is 0 / 0, which is NaN, and NaN has no place in a ranking.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const NORMS: &[&str] = &["norm", "norms", "magnitude", "magnitudes"];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        let exprs = function.exprs();
        if is_guarded(&function, &exprs) {
            continue;
        }
        for expr in exprs {
            if let Expr::Binary(binary) = expr
                && matches!(binary.op, BinOp::Div(_) | BinOp::DivAssign(_))
                && let Some(name) = norm(&binary.right)
                && !function
                    .made_of(&binary.right)
                    .iter()
                    .any(|part| matches!(part, Expr::Try(_)))
            {
                findings.tell(source.at(binary), format!("`{name}` may be 0 here"));
            }
        }
    }
}

/// `norm`, `norm(a)`, `(norm_a * norm_b)`, `norm.sqrt()`.
fn norm(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Paren(paren) => norm(&paren.expr),
        Expr::Cast(cast) => norm(&cast.expr),
        Expr::Binary(binary) if matches!(binary.op, BinOp::Mul(_)) => {
            norm(&binary.left).and(norm(&binary.right))
        }
        Expr::MethodCall(call) if call.method == "sqrt" => norm(&call.receiver),
        _ => name_of(expr)
            .or_else(|| name_of_call(expr))
            .filter(|name| has_word(name, NORMS) && !has_word(name, &["factor", "scale", "eps"])),
    }
}

/// Whether the function compares a norm, or bounds it.
fn is_guarded(function: &Function, exprs: &[&Expr]) -> bool {
    let mut otherwise = Otherwise(false);
    otherwise.visit_block(function.block);
    otherwise.0
        || exprs.iter().any(|expr| match expr {
            Expr::Binary(binary) => {
                matches!(
                    binary.op,
                    BinOp::Eq(_)
                        | BinOp::Ne(_)
                        | BinOp::Lt(_)
                        | BinOp::Le(_)
                        | BinOp::Gt(_)
                        | BinOp::Ge(_)
                ) && (norm(&binary.left).is_some() || norm(&binary.right).is_some())
                    || matches!(binary.op, BinOp::Add(_))
                        && (norm(&binary.left).is_some() || norm(&binary.right).is_some())
            }
            _ => is_call_of(
                expr,
                &["max", "clamp", "is_finite", "is_nan", "is_normal", "recip"],
            ),
        })
}

/// `let Some(norm) = .. else { .. }`
struct Otherwise(bool);

impl<'a> Visit<'a> for Otherwise {
    fn visit_local(&mut self, local: &'a Local) {
        self.0 |= local
            .init
            .as_ref()
            .is_some_and(|init| init.diverge.is_some());
        visit::visit_local(self, local);
    }
}
