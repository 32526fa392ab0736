use syn::Expr;

use crate::calls::{bare, is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::partial_cmp_or_equal",
    part: "why",
    finds: "A comparison with NaN gets a made-up answer.",
    why: "NaN then stands in one relation to every score, from both sides, which is no order: a sort gives a wrong one in silence, or panics, and a maximum may be a wrong one.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    let guarded = source.functions_that_ask_for_nan();
    // What is searched is sorted already, and mostly of fixed numbers.
    let searched: Vec<_> = source
        .exprs()
        .into_iter()
        .filter(|expr| is_call_of(expr, &["binary_search_by"]))
        .map(|expr| source.at(expr))
        .collect();
    for expr in source.exprs() {
        if let Expr::MethodCall(call) = expr
            && ["unwrap_or", "unwrap_or_else"]
                .iter()
                .any(|name| call.method == name)
            && is_partial_cmp(&call.receiver)
            && !source.compares_what_is_measured(&call.receiver)
            && !guarded
                .iter()
                .chain(&searched)
                .any(|place| place.contains(&source.at(call).start))
            && let Some(answer) = call.args.iter().find_map(|given| ordering(source, given))
        {
            findings.tell(source.at(call), format!("NaN is `{answer}` here"));
        }
    }
}

/// `a.partial_cmp(&b)`, also turned around before it is unwrapped.
fn is_partial_cmp(expr: &Expr) -> bool {
    match bare(expr) {
        Expr::MethodCall(call) if call.method == "map" => is_partial_cmp(&call.receiver),
        expr => is_call_of(expr, &["partial_cmp"]),
    }
}

/// `Equal` of `Ordering::Equal`, of a closure that gives it, or of a name that `use` brings.
fn ordering(source: &Source, given: &Expr) -> Option<String> {
    match given {
        Expr::Path(path) => {
            let name = source.full_name(&path.path);
            let last = name.rsplit("::").next()?;
            ["Equal", "Less", "Greater"]
                .contains(&last)
                .then(|| last.to_owned())
        }
        Expr::Closure(closure) => ordering(source, &closure.body),
        _ => name_of_call(given)
            .is_some_and(|name| name == "cmp")
            .then(|| "decided by something else".to_owned()),
    }
}
