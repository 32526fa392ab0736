use syn::{BinOp, Expr};

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::loops::{loops, own_exprs};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, method};

pub static RULE: Rule = Rule {
    id: "batching::partial_batch_waits",
    part: "why",
    finds: "A batch that is not full waits for the next request, and no clock ends that.",
    why: "The last requests of the day wait for a client that waits for them: only the clock can send a partial batch off.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["recv"]) {
        return;
    }
    for function in source.functions() {
        for each in loops(&function) {
            let own = own_exprs(source, each);
            let collects = own.iter().any(|expr| method(expr, "push").is_some()) && counts(&own);
            if !collects || is_finished_later(&function, each, &own) {
                continue;
            }
            let all = source.exprs_in(each);
            if all.iter().any(|expr| has_a_clock(expr)) || ends_when_nothing_comes(&all) {
                continue;
            }
            if let Some(wait) = own.into_iter().find(|expr| is_wait(&function, expr)) {
                findings.tell(
                    source.at(wait),
                    "waits for the next request, however few there are",
                );
            }
        }
    }
}

/// A pipeline that comes to an end: what is left when the queue is closed is used after the loop.
fn is_finished_later(function: &Function, each: &Expr, own: &[&Expr]) -> bool {
    let counts_in_the_condition = matches!(each, Expr::While(each)
        if counts(&function.source.exprs_in(&each.cond)));
    let end = function.source.at(each).end;
    let name = own
        .iter()
        .find_map(|expr| name_of(&method(expr, "push")?.receiver));
    !counts_in_the_condition
        && name.is_some()
        && function
            .exprs()
            .into_iter()
            .any(|expr| function.source.at(expr).start >= end && name_of(expr) == name)
}

/// `queue.recv().await`, or `queue.recv()` of a thread.
fn is_wait(function: &Function, expr: &Expr) -> bool {
    match expr {
        Expr::Await(wait) => method(&wait.base, "recv").is_some(),
        Expr::MethodCall(call) if call.method == "recv" && call.args.is_empty() => {
            function.signature.asyncness.is_none()
        }
        _ => false,
    }
}

/// `batch.len() < config.max_batch`
fn counts(exprs: &[&Expr]) -> bool {
    exprs.iter().any(|expr| match expr {
        Expr::Binary(binary) => {
            matches!(
                binary.op,
                BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Eq(_)
            ) && [&binary.left, &binary.right]
                .into_iter()
                .any(|side| method(side, "len").is_some())
        }
        _ => false,
    })
}

/// `timeout_at(..)`, `sleep(..)`, `ticks.tick()`, `recv_timeout(..)`: looking at a clock is none.
fn has_a_clock(expr: &Expr) -> bool {
    const WAITS: &[&str] = &[
        "timeout",
        "timeout_at",
        "sleep",
        "sleep_until",
        "tick",
        "recv_timeout",
        "recv_deadline",
        "after",
    ];
    match expr {
        Expr::Call(call) => called(call).is_some_and(|name| WAITS.contains(&name.as_str())),
        Expr::MethodCall(call) => WAITS.contains(&call.method.to_string().as_str()),
        // Where something else may end the wait.
        Expr::Macro(mac) => mac
            .mac
            .path
            .segments
            .iter()
            .any(|name| name.ident == "select" || name.ident == "select_biased"),
        _ => false,
    }
}

/// `try_recv()`: it takes what is there, and goes on.
fn ends_when_nothing_comes(exprs: &[&Expr]) -> bool {
    exprs
        .iter()
        .any(|expr| method(expr, "try_recv").is_some() || method(expr, "now_or_never").is_some())
}
