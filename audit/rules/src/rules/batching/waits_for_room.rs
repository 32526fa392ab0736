use syn::Expr;

use crate::finding::FindingsOf;
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::method;

pub static RULE: Rule = Rule {
    id: "batching::waits_for_room",
    part: "wrong-fixes",
    finds: "A request waits for a place before the model gets it.",
    why: "A waiting client is not told of the overload, and what waits has no bound: `try_acquire` refuses at once.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["acquire"]) {
        return;
    }
    let inference = Inference::of(source);
    for function in source.functions() {
        let exprs = function.exprs();
        let asks_the_model = exprs.iter().any(|expr| match expr {
            Expr::MethodCall(call) => {
                inference.is_run(&function, call) || call.method == "send" && call.args.len() == 1
            }
            _ => false,
        });
        if !asks_the_model {
            continue;
        }
        for expr in exprs {
            if let Expr::Await(wait) = expr
                && (method(&wait.base, "acquire").is_some()
                    || method(&wait.base, "acquire_owned").is_some())
            {
                findings.tell(source.at(&wait.base), "waits for as long as it takes");
            }
        }
    }
}
