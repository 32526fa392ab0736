use syn::{Expr, Stmt};

use crate::calls::{arguments, is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::extreme_as_score",
    part: "wrong-fixes",
    finds: "The least or the greatest number stands for no score.",
    why: "What has no score stays in the list, at its end; and of a distance the least number is the nearest of all.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const SCORES: &[&str] = &[
    "cosine",
    "similarity",
    "sim",
    "score",
    "scores",
    "rank",
    "distance",
    "dist",
    "logit",
    "logits",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        let is_score = has_word(&function.name(), SCORES);
        for expr in function.exprs() {
            match expr {
                Expr::MethodCall(call)
                    if ["unwrap_or", "map_or"]
                        .iter()
                        .any(|name| call.method == name)
                        && (is_score || is_named_score(&call.receiver)) =>
                {
                    tell(source, findings, call.args.first());
                }
                Expr::Return(value) if is_score => tell(source, findings, value.expr.as_deref()),
                _ => {}
            }
        }
        if is_score {
            tell(source, findings, last(&function));
        }
    }
}

fn last<'a>(function: &Function<'a>) -> Option<&'a Expr> {
    match function.block.stmts.last()? {
        Stmt::Expr(expr, None) => Some(expr),
        _ => None,
    }
}

fn is_named_score(expr: &Expr) -> bool {
    name_of(expr)
        .or_else(|| name_of_call(expr))
        .is_some_and(|name| has_word(&name, SCORES))
}

fn tell(source: &Source, findings: &mut FindingsOf, given: Option<&Expr>) {
    if let Some(expr) = given
        && let Some(extreme) = extreme(source, expr)
    {
        findings.tell(source.at(expr), format!("`{extreme}` is a score here"));
    }
}

/// `f32::MIN`, `f64::NEG_INFINITY`, and the same in `Some` or `Ok`.
fn extreme(source: &Source, expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => {
            let name = source.full_name(&path.path);
            let short = name.strip_prefix("std::").unwrap_or(&name);
            let (ty, number) = short.split_once("::")?;
            (["f32", "f64"].contains(&ty)
                && ["MIN", "MAX", "INFINITY", "NEG_INFINITY"].contains(&number))
            .then(|| short.to_owned())
        }
        Expr::Unary(unary) => extreme(source, &unary.expr),
        _ if is_call_of(expr, &["Some", "Ok"]) => arguments(expr)
            .first()
            .and_then(|given| extreme(source, given)),
        _ => None,
    }
}
