use syn::{Expr, Type};

use crate::calls::{arguments, bare, is_call_of};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "recipe::vectors_keyed_by_text_alone",
    part: "one-right-fix",
    finds: "Vectors are kept under their text alone.",
    why: "After a change of model, prefix or pooling the old vector of a text is found again, and it has the right length.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const TEXTS: &[&str] = &[
    "text", "texts", "query", "content", "sentence", "passage", "document", "input", "t",
];

/// Calls that make a key of a text, and of nothing else.
const HASHES: &[&str] = &[
    "hash",
    "digest",
    "sha256",
    "cache_key",
    "hash_text",
    "text_hash",
    "content_hash",
    "compute_hash",
    "xxh3_64",
    "to_lowercase",
    "trim",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("cache") {
        return;
    }
    for function in source.functions() {
        if !has_word(
            &function.name(),
            &[
                "embed",
                "embedding",
                "embeddings",
                "encode",
                "vector",
                "query",
                "passage",
            ],
        ) {
            continue;
        }
        for expr in function.exprs() {
            if let Expr::MethodCall(call) = expr
                && ["get", "get_mut", "contains_key", "peek"]
                    .iter()
                    .any(|name| call.method == name)
                && is_cache(&call.receiver)
                && let Some(name) = call
                    .args
                    .first()
                    .and_then(|key| text_alone(&function, key, 4))
            {
                findings.tell(
                    source.at(call),
                    format!("the key is `{name}` and nothing else"),
                );
            }
        }
    }
}

/// Whether a name in the chain is that of a cache.
fn is_cache(expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(call) => is_cache(&call.receiver),
        Expr::Await(future) => is_cache(&future.base),
        Expr::Try(tried) => is_cache(&tried.expr),
        _ => name_of(expr).is_some_and(|name| has_word(&name, &["cache", "cached"])),
    }
}

/// The text that a key is, or is the hash of: an argument of the function that is a text.
fn text_alone<'a>(function: &Function<'a>, key: &'a Expr, left: usize) -> Option<String> {
    let left = left.checked_sub(1)?;
    let key = bare(key);
    if is_call_of(key, HASHES) {
        let given = arguments(key);
        return match (key, given.as_slice()) {
            (Expr::Call(_), [text]) => text_alone(function, text, left),
            // `Self` may put more into it.
            (Expr::MethodCall(call), []) => text_alone(function, &call.receiver, left),
            _ => None,
        };
    }
    let name = name_of(key)?;
    if let Some(value) = function.value(&name) {
        return text_alone(function, value, left);
    }
    let (_, ty) = function
        .arguments()
        .into_iter()
        .find(|(argument, _)| *argument == name)?;
    (has_word(&name, TEXTS) && is_text(function.source, ty)).then_some(name)
}

fn is_text(source: &Source, ty: &Type) -> bool {
    source
        .type_name(ty)
        .is_some_and(|name| name == "str" || name == "String")
}
