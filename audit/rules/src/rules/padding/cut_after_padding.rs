use std::collections::HashSet;

use syn::Expr;

use crate::calls::{bare, is_call_of};
use crate::finding::FindingsOf;
use crate::function::{has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "padding::cut_after_padding",
    part: "predict",
    finds: "A row is padded first and cut afterwards.",
    why: "Where the padding stands on the left the text itself is cut off, and no row had to be longer than the limit.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.to_lowercase().contains("pad") {
        return;
    }
    for function in source.functions() {
        let mut padded = HashSet::new();
        for (name, value) in function.locals() {
            if names_padding(source, value)
                && source
                    .exprs_in(value)
                    .iter()
                    .any(|part| is_call_of(part, &["concat", "chain"]))
            {
                padded.insert(name.to_owned());
            }
        }
        for expr in function.exprs() {
            match expr {
                Expr::MethodCall(call) if call.method == "resize" => {
                    if let Some(name) = name_of(&call.receiver)
                        && call.args.iter().any(is_pad)
                    {
                        padded.insert(name);
                    }
                }
                Expr::MethodCall(call) if call.method == "truncate" && call.args.len() == 1 => {
                    tell(source, findings, &padded, &call.receiver, expr);
                }
                Expr::Index(index) if matches!(bare(&index.index), Expr::Range(range) if range.start.is_none()) =>
                {
                    tell(source, findings, &padded, &index.expr, expr);
                }
                _ => {}
            }
        }
    }
}

fn tell(
    source: &Source,
    findings: &mut FindingsOf,
    padded: &HashSet<String>,
    row: &Expr,
    cut: &Expr,
) {
    if let Some(name) = name_of(row).filter(|name| padded.contains(name)) {
        findings.tell(source.at(cut), format!("`{name}` is padded already"));
    }
}

fn names_padding(source: &Source, value: &Expr) -> bool {
    source.exprs_in(value).into_iter().any(is_pad)
}

fn is_pad(expr: &Expr) -> bool {
    name_of(bare(expr)).is_some_and(|name| has_word(&name, &["pad", "padding"]))
}
