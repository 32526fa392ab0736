use syn::Expr;

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::inference::Inference;
use crate::loops::loops;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{called, method};

pub static RULE: Rule = Rule {
    id: "batching::model_awaited_by_the_collector",
    part: "wrong-fixes",
    finds: "The task that takes requests from a queue waits for the model.",
    why: "While the model runs, nothing collects; and if the model calls back, it never ends.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    // A pipeline over files owes nobody an answer, and may wait.
    if !source.mentions(&["recv"]) || !source.mentions(&["oneshot", "reply", "respond"]) {
        return;
    }
    let inference = Inference::of(source);
    for function in source.functions() {
        for each in loops(&function) {
            let exprs = source.exprs_in(each);
            if !exprs.iter().any(|expr| is_receive(expr))
                || !exprs.iter().any(|expr| is_batch(expr))
            {
                continue;
            }
            for expr in exprs {
                if let Expr::Await(wait) = expr
                    && runs_the_model(&inference, &function, &wait.base)
                {
                    findings.tell(
                        source.at(&wait.base),
                        "nothing is taken from the queue meanwhile",
                    );
                }
            }
        }
    }
}

/// `queue.recv()`
fn is_receive(expr: &Expr) -> bool {
    method(expr, "recv").is_some() || method(expr, "recv_many").is_some()
}

/// Something that a batch is: `batch`.
fn is_batch(expr: &Expr) -> bool {
    name_of(expr).is_some_and(|name| has_word(&name, &["batch", "batches"]))
}

/// `model.embed(texts)`, `run(model, batch)`; not a call that spawns it.
fn runs_the_model(inference: &Inference, function: &Function, expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(call) => inference.is_run(function, call),
        Expr::Call(call) => {
            let runs = called(call).is_some_and(|name| {
                has_word(
                    &name,
                    &[
                        "run", "embed", "infer", "forward", "predict", "process", "generate",
                    ],
                )
            });
            runs && call.args.iter().any(|argument| {
                function
                    .source
                    .exprs_in(argument)
                    .iter()
                    .any(|expr| inference.is_called_model(expr))
            })
        }
        _ => false,
    }
}
