use std::ops::Range;

use syn::Expr;

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::loops::{loops, own_exprs};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, method};

pub static RULE: Rule = Rule {
    id: "batching::timeout_restarts_with_each_item",
    part: "wrong-fixes",
    finds: "A batch that is being collected waits anew for each item.",
    why: "Under a steady trickle the timeout never expires: take one moment for the whole batch, and wait until then.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["recv", "timeout"]) {
        return;
    }
    for function in source.functions() {
        for each in loops(&function) {
            let exprs = own_exprs(source, each);
            if !exprs.iter().any(|expr| collects(expr)) {
                continue;
            }
            for expr in exprs.iter().copied() {
                let wait = match expr {
                    // `timeout(max_wait, queue.recv())`
                    Expr::Call(call)
                        if call.args.len() == 2
                            && called(call).as_deref() == Some("timeout")
                            && receives(&call.args[1]) =>
                    {
                        &call.args[0]
                    }
                    // `queue.recv_timeout(max_wait)`
                    Expr::MethodCall(call)
                        if call.method == "recv_timeout" && call.args.len() == 1 =>
                    {
                        &call.args[0]
                    }
                    _ => continue,
                };
                let at = source.at(expr);
                let is_idle = exprs.iter().any(|each| is_where_empty(source, each, &at));
                if is_constant(&function, wait) && !is_idle {
                    findings.tell(at, "begins anew with each item");
                }
            }
        }
    }
}

fn collects(expr: &Expr) -> bool {
    matches!(expr, Expr::MethodCall(call)
        if ["push", "push_back", "extend"].contains(&call.method.to_string().as_str()))
}

/// `if batch.is_empty() { .. }` around a wait: there is no batch yet that it could delay.
fn is_where_empty(source: &Source, expr: &Expr, wait: &Range<usize>) -> bool {
    let Expr::If(branch) = expr else {
        return false;
    };
    let then = source.at(&branch.then_branch);
    method(&branch.cond, "is_empty").is_some() && then.start <= wait.start && wait.end <= then.end
}

fn receives(expr: &Expr) -> bool {
    matches!(expr, Expr::MethodCall(call)
        if call.method == "recv" || call.method == "next" || call.method == "recv_async")
}

/// Whether a time to wait is the same each time: `max_wait`, `config.max_wait`, `Duration::from_millis(5)`.
fn is_constant(function: &Function, wait: &Expr) -> bool {
    if let Some(name) = name_of(wait) {
        if has_word(&name, &["remaining", "left", "rest", "until"]) {
            return false;
        }
        return match (wait, function.value(&name)) {
            (Expr::Path(_), Some(value)) => is_constant(function, value),
            _ => true,
        };
    }
    match wait {
        Expr::Call(call) => called(call).is_some_and(|name| name.starts_with("from_")),
        _ => false,
    }
}
