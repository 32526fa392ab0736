use syn::{Expr, ExprMethodCall};

use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "nan::partial_cmp_unwrap",
    part: "one-right-fix",
    finds: "A comparison of scores panics at the first NaN.",
    why: "One vector without a direction, or one overflow in the model, and every query that meets it ends in a panic.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    let guarded = source.functions_that_ask_for_nan();
    for expr in source.exprs() {
        if let Expr::MethodCall(call) = expr
            && (call.method == "unwrap" || call.method == "expect")
            && is_partial_cmp(&call.receiver)
            && !source.compares_what_is_measured(&call.receiver)
            && !guarded
                .iter()
                .any(|place| place.contains(&source.at(call).start))
        {
            findings.tell(source.at(call), "panics where one side is NaN");
        }
    }
}

fn is_partial_cmp(expr: &Expr) -> bool {
    matches!(expr, Expr::MethodCall(ExprMethodCall { method, .. }) if method == "partial_cmp")
}
