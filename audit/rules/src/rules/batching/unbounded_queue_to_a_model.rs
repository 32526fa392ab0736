use syn::{Expr, ExprCall};

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::inference::Inference;
use crate::loops::loops;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::method;

pub static RULE: Rule = Rule {
    id: "batching::unbounded_queue_to_a_model",
    part: "folklore",
    finds: "A queue without a bound stands before a model.",
    why: "Requests that come faster than the model runs fill the memory, and each waits longer than the one before: bound what is inside, and refuse the rest at once.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

/// A queue of these goes the other way: from the model, or of one request.
const FROM_THE_MODEL: &[&str] = &[
    "reply",
    "response",
    "responses",
    "resp",
    "answer",
    "result",
    "results",
    "token",
    "tokens",
    "event",
    "events",
    "progress",
    "output",
    "out",
    "shutdown",
    "stop",
    "log",
    "done",
    "chunk",
    "chunks",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["unbounded", "mpsc"]) {
        return;
    }
    if bounds_otherwise(source) {
        return;
    }
    let functions = source.functions();
    let inference = Inference::of(source);
    if !functions
        .iter()
        .any(|function| serves_a_queue(&inference, function))
    {
        return;
    }
    for function in &functions {
        for expr in function.exprs() {
            if let Expr::Let(_) = expr {
                continue;
            }
            if let Expr::Call(call) = expr
                && is_unbounded(source, call)
                && !goes_the_other_way(function, call)
            {
                findings.tell(source.at(expr), "nothing bounds what waits for the model");
            }
        }
    }
}

/// `Semaphore`, or a counter of what is inside: its places are the bound.
fn bounds_otherwise(source: &Source) -> bool {
    ["Semaphore", "try_acquire", "in_flight", "inflight"]
        .iter()
        .any(|word| source.text.contains(word))
}

/// `while let Some(job) = queue.recv().await { model.run(job) }`
fn serves_a_queue(inference: &Inference, function: &Function) -> bool {
    loops(function).into_iter().any(|each| {
        let mut receives = matches!(each, Expr::ForLoop(each)
            if name_of(&each.expr).is_some_and(|name| has_word(&name, &["rx", "receiver", "queue", "requests", "jobs"])));
        let mut runs = false;
        for expr in function.source.exprs_in(each) {
            receives |= ["recv", "recv_many", "try_recv", "blocking_recv"].iter().any(|name| method(expr, name).is_some());
            runs |= match expr {
                Expr::MethodCall(call) => inference.is_run(function, call),
                _ => false,
            };
        }
        receives && runs
    })
}

fn is_unbounded(source: &Source, call: &ExprCall) -> bool {
    let Expr::Path(path) = &*call.func else {
        return false;
    };
    let full = source.full_name(&path.path);
    full.ends_with("unbounded_channel")
        || full.ends_with("flume::unbounded")
        || full.ends_with("channel::unbounded")
        || full.ends_with("crossbeam_channel::unbounded")
        || full.ends_with("std::sync::mpsc::channel")
        || call.args.is_empty() && full.ends_with("mpsc::channel")
}

fn goes_the_other_way(function: &Function, made: &ExprCall) -> bool {
    function.parts().any(|(name, whole)| {
        matches!(whole, Expr::Call(call) if std::ptr::eq(call, made))
            && has_word(name, FROM_THE_MODEL)
    })
}
