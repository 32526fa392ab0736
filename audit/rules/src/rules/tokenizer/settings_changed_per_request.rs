use std::collections::HashSet;

use syn::{Expr, ExprMethodCall, Type};

use crate::calls::{arguments, is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "tokenizer::settings_changed_per_request",
    part: "why",
    finds: "A request changes the settings of a tokenizer that other requests use too.",
    why: "The settings do not end with the request: the next text is cut or padded as another request wished.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

/// Methods that change a tokenizer, and do not go back by themselves.
const SETTINGS: &[&str] = &[
    "with_truncation",
    "with_padding",
    "add_tokens",
    "add_special_tokens",
    "set_encode_special_tokens",
];

const LOCKS: &[&str] = &[
    "lock",
    "write",
    "borrow_mut",
    "blocking_lock",
    "blocking_write",
];

const ENCODES: &[&str] = &[
    "encode",
    "encode_batch",
    "encode_fast",
    "encode_batch_fast",
    "encode_char_offsets",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !SETTINGS.iter().any(|name| source.text.contains(name)) {
        return;
    }
    let functions = source.functions();
    let setters: HashSet<String> = functions
        .iter()
        .filter(|function| sets_its_argument(function))
        .map(Function::name)
        .collect();
    for function in &functions {
        let exprs = function.exprs();
        let encodes = exprs.iter().any(|expr| is_call_of(expr, ENCODES));
        for expr in &exprs {
            match expr {
                Expr::MethodCall(call) if is_call_of(expr, SETTINGS) => {
                    let root = root(&call.receiver);
                    let is_shared = is_below_a_lock(function, &call.receiver)
                        || encodes && is_field_of_self(root);
                    if is_shared && is_tokenizer(source, function, call) {
                        findings.tell(source.at(&call.method), "stays set after this request");
                    }
                }
                _ if name_of_call(expr).is_some_and(|name| setters.contains(&name)) => {
                    for given in arguments(expr) {
                        if is_below_a_lock(function, given) {
                            findings.tell(source.at(expr), "stays set after this request");
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a function changes a tokenizer that it is given.
fn sets_its_argument(function: &Function) -> bool {
    let given: Vec<String> = function
        .signature
        .inputs
        .iter()
        .filter_map(|input| match input {
            syn::FnArg::Typed(typed) => match &*typed.ty {
                Type::Reference(reference) if reference.mutability.is_some() => match &*typed.pat {
                    syn::Pat::Ident(name) => Some(name.ident.to_string()),
                    _ => None,
                },
                _ => None,
            },
            syn::FnArg::Receiver(_) => None,
        })
        .collect();
    function.exprs().iter().any(|expr| {
        matches!(expr, Expr::MethodCall(call) if is_call_of(expr, SETTINGS)
            && name_of(root(&call.receiver)).is_some_and(|name| given.contains(&name)))
    })
}

/// Whether what is changed is a tokenizer: by its type or its name, or since the file is about tokenizers.
fn is_tokenizer(source: &Source, function: &Function, call: &ExprMethodCall) -> bool {
    source.uses_crate("tokenizers")
        || function
            .type_name_of(&call.receiver)
            .is_some_and(|ty| ty.ends_with("Tokenizer"))
        || name_of(root(&call.receiver)).is_some_and(|name| has_word(&name, &["tokenizer", "tok"]))
}

/// What a chain of settings is called on: `tokenizer` of `tokenizer.with_padding(None).with_truncation(None)`.
fn root(expr: &Expr) -> &Expr {
    chain(expr).1
}

fn is_field_of_self(expr: &Expr) -> bool {
    matches!(expr, Expr::Field(field) if matches!(&*field.base, Expr::Path(path) if path.path.is_ident("self")))
}

fn is_below_a_lock<'a>(function: &Function<'a>, expr: &'a Expr) -> bool {
    let mut parts = vec![expr];
    if let Some(name) = name_of(root(expr)) {
        parts.extend(function.values(&name));
    }
    parts
        .iter()
        .any(|part| chain(part).0.iter().any(|call| is_call_of(call, LOCKS)))
}

/// The calls of a chain, the last first, and what the first is called on.
fn chain(expr: &Expr) -> (Vec<&Expr>, &Expr) {
    let mut calls = Vec::new();
    let mut next = expr;
    loop {
        next = match next {
            Expr::MethodCall(call) => {
                calls.push(next);
                &call.receiver
            }
            Expr::Try(tried) => &tried.expr,
            Expr::Await(future) => &future.base,
            Expr::Paren(paren) => &paren.expr,
            Expr::Reference(reference) => &reference.expr,
            Expr::Unary(unary) => &unary.expr,
            _ => return (calls, next),
        };
    }
}
