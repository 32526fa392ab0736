use syn::{BinOp, Expr, ExprMethodCall};

use crate::finding::FindingsOf;
use crate::function::{Function, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{last_of_path, method, plain};

pub static RULE: Rule = Rule {
    id: "state::load_then_store",
    part: "one-right-fix",
    finds: "An atomic is loaded, and one more or less is stored.",
    why: "Each access is atomic, and what another thread counts between the two is overwritten: `fetch_add` does both at once.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["store"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            if let Some(store) = method(expr, "store")
                && store.args.len() == 2
                && let Some(atomic) = name_of(&store.receiver)
                && let Expr::Binary(sum) = plain(&store.args[0])
                && matches!(sum.op, BinOp::Add(_) | BinOp::Sub(_))
                && let Some(load) = load(&function, &sum.left)
                && name_of(&load.receiver).as_ref() == Some(&atomic)
            {
                findings.tell(
                    source.at(expr),
                    format!("another thread may have counted in `{atomic}`"),
                );
            }
        }
    }
}

/// `atomic.load(ordering)`, or a name that was given that.
fn load<'a>(function: &Function<'a>, expr: &'a Expr) -> Option<&'a ExprMethodCall> {
    let expr = match plain(expr) {
        Expr::Path(_) => function.value(&name_of(expr)?)?,
        other => other,
    };
    method(expr, "load")
        .filter(|call| call.args.len() == 1 && last_of_path(&call.args[0]).is_some())
}
