use syn::{Expr, ExprMethodCall};

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, method};

pub static RULE: Rule = Rule {
    id: "batching::reply_unwrapped",
    part: "wrong-fixes",
    finds: "A reply that cannot be sent panics.",
    why: "It means only that the client has gone away, and the panic takes the rest of its batch along.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const REPLIES: &[&str] = &[
    "reply",
    "respond",
    "responder",
    "response",
    "resp",
    "answer",
    "oneshot",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["send"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            if let Expr::MethodCall(call) = expr
                && (call.method == "unwrap" || call.method == "expect")
                && let Some(send) = send(&function, &call.receiver)
                && is_reply(&function, send)
            {
                findings.tell(
                    source.at(&call.method),
                    "panics when the client has gone away",
                );
            }
        }
    }
}

/// `reply.send(x)`, also where it was given a name first.
fn send<'a>(function: &Function<'a>, expr: &'a Expr) -> Option<&'a ExprMethodCall> {
    let expr = match expr {
        Expr::Await(wait) => &wait.base,
        Expr::Path(_) => function.value(&name_of(expr)?)?,
        _ => expr,
    };
    method(expr, "send").filter(|call| call.args.len() == 1)
}

fn is_reply(function: &Function, send: &ExprMethodCall) -> bool {
    let Some(name) = name_of(&send.receiver) else {
        return false;
    };
    if has_word(&name, REPLIES) {
        return true;
    }
    let source = function.source;
    let made_by_oneshot = function.part_of(&name).is_some_and(|made| {
        matches!(made, Expr::Call(call) if {
            let path = match &*call.func {
                Expr::Path(path) => source.full_name(&path.path),
                _ => String::new(),
            };
            path.contains("oneshot") || called(call).as_deref() == Some("oneshot")
        })
    });
    // Both ends in one function: it sends to itself, or to what it waits for.
    !made_by_oneshot
        && function
            .type_of(&send.receiver)
            .is_some_and(|ty| matches!(ty, syn::Type::Path(path) if source.full_name(&path.path).contains("oneshot")))
}
