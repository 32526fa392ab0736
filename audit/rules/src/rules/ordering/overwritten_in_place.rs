use syn::visit::Visit;
use syn::{Expr, Ident, ItemImpl};

use crate::atomics::{Does, steps};
use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "ordering::overwritten_in_place",
    part: "wrong-fixes",
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
    let mut shared = Shared(Vec::new());
    shared.visit_file(&source.file);
    if shared.0.is_empty() {
        return;
    }
    for function in source.functions() {
        let of = function.self_type.and_then(|ty| source.type_name(ty));
        if !of.is_some_and(|of| shared.0.contains(&of)) || !function.takes_shared_self() {
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
    let mut names = Names(false);
    names.visit_expr(expr);
    names.0
}

struct Names(bool);

impl<'a> Visit<'a> for Names {
    fn visit_ident(&mut self, ident: &'a Ident) {
        self.0 |= has_word(&ident.to_string(), MODEL);
    }
}

/// The types that this file declares to be shared between threads.
struct Shared(Vec<String>);

impl<'a> Visit<'a> for Shared {
    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if item.unsafety.is_some()
            && let Some((of, _)) = &item.trait_
            && of.is_ident("Sync")
            && let syn::Type::Path(path) = &*item.self_ty
            && let Some(last) = path.path.segments.last()
        {
            self.0.push(last.ident.to_string());
        }
    }
}
