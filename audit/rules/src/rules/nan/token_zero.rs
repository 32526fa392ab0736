use syn::{Expr, ExprMethodCall};

use crate::calls::{is_call_of, is_number};
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::token_zero",
    part: "wrong-fixes",
    finds: "Where there is no highest score, the place 0 is taken.",
    why: "0 is a token, or a label: of a model that gives NaN, or nothing, it looks like an answer.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    for expr in source.exprs() {
        if let Expr::MethodCall(call) = expr
            && is_zero_by_default(call)
            && comes_from_a_choice(&call.receiver, false)
        {
            findings.tell(source.at(&call.method), "0 if there is none");
        }
    }
}

fn is_zero_by_default(call: &ExprMethodCall) -> bool {
    call.method == "unwrap_or_default"
        || call.method == "unwrap_or"
            && call.args.first().is_some_and(|given| is_number(given, 0.0))
}

/// A chain that numbers scores and chooses one of them, or looks for the place of the highest.
fn comes_from_a_choice(chain: &Expr, is_chosen: bool) -> bool {
    let Expr::MethodCall(call) = chain else {
        return false;
    };
    if is_chosen && is_call_of(chain, &["enumerate"]) {
        return true;
    }
    // By integers there is always a highest.
    let is_chosen = is_chosen || is_call_of(chain, &["max_by", "min_by"]);
    comes_from_a_choice(&call.receiver, is_chosen)
        || call.method == "position" && call.args.iter().any(compares_with_the_highest)
}

/// `|&logit| logit == highest`
fn compares_with_the_highest(given: &Expr) -> bool {
    let Expr::Closure(closure) = given else {
        return false;
    };
    let Expr::Binary(binary) = &*closure.body else {
        return false;
    };
    matches!(binary.op, syn::BinOp::Eq(_))
        && [&binary.left, &binary.right].iter().any(|side| {
            crate::function::name_of(side).is_some_and(|name| {
                crate::function::has_word(&name, &["highest", "max", "best", "largest", "maximum"])
            })
        })
}
