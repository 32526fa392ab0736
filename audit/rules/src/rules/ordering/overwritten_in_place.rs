use syn::Expr;

use crate::atomics::{Does, steps};
use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::{has_name_in, unsafe_impls};

pub static RULE: Rule = Rule {
    id: "ordering::overwritten_in_place",
    part: "one-right-fix",
    finds: "A model that requests may be reading is overwritten where it is.",
    why: "No ordering keeps a reader's memory alive: a flag stops those that have not looked yet, and one that has looked is already reading.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const MODEL: &[&str] = &[
    "weights",
    "model",
    "session",
    "params",
    "parameters",
    "engine",
    "tokenizer",
    "embedder",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    // The types that this file declares to be shared between threads.
    let shared: Vec<String> = unsafe_impls(source)
        .into_iter()
        .filter(|(_, of, _)| of == "Sync")
        .map(|(_, _, name)| name)
        .collect();
    if shared.is_empty() {
        return;
    }
    for function in source.functions() {
        let of = function.self_type.and_then(|ty| source.type_name(ty));
        if !of.is_some_and(|of| shared.contains(&of)) || !function.takes_shared_self() {
            continue;
        }
        for step in steps(&function) {
            if let Does::Write { to, value } = step.does
                // `&raw mut (*new).field`: memory that was just made.
                && !matches!(to, Expr::RawAddr(_))
                && (names_a_model(to) || names_a_model(value))
            {
                findings.tell(step.at, "a request may be reading what this overwrites");
            }
        }
    }
}

fn names_a_model(expr: &Expr) -> bool {
    has_name_in(expr, |name| has_word(name, MODEL))
}
