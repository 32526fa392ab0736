use std::collections::HashMap;

use syn::{Expr, Lit};

use crate::calls::{arguments, bare, is_call_of, name_of_call};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::is_literal;

pub static RULE: Rule = Rule {
    id: "recipe::special_tokens_twice",
    part: "predict",
    finds: "A text that has its special tokens is encoded with them.",
    why: "The tokenizer does not look whether they are there, so the model sees two starts of the text, or an end before its answer.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

const ENCODES: &[&str] = &[
    "encode",
    "encode_batch",
    "encode_fast",
    "encode_batch_fast",
    "encode_char_offsets",
];

/// Calls that write a conversation as a text.
const RENDERS: &[&str] = &[
    "render",
    "render_str",
    "render_named_str",
    "apply_chat_template",
    "apply_template",
    "render_chat",
    "render_prompt",
    "render_template",
    "format_chat",
    "format_messages",
    "chat_template",
];

/// How the start of a text is spelled.
const STARTS: &[&str] = &[
    "<s>",
    "<bos>",
    "<|begin_of_text|>",
    "<|startoftext|>",
    "<|endoftext|>",
    "<\u{ff5c}begin\u{2581}of\u{2581}sentence\u{ff5c}>",
    "[CLS]",
    "[BOS]",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !ENCODES.iter().any(|name| source.text.contains(name)) {
        return;
    }
    let functions = source.functions();
    let encoders: HashMap<String, Vec<usize>> = functions
        .iter()
        .map(|function| (function.name(), encoded_arguments(function)))
        .filter(|(_, encoded)| !encoded.is_empty())
        .collect();
    for function in &functions {
        for expr in function.exprs() {
            if let Some(text) = encoded_with_special_tokens(expr) {
                tell(source, function, findings, expr, text);
            } else if let Some(encoded) = name_of_call(expr).and_then(|name| encoders.get(&name)) {
                let given = arguments(expr);
                for text in encoded.iter().filter_map(|&place| given.get(place)) {
                    tell(source, function, findings, expr, text);
                }
            }
        }
    }
}

fn tell<'a>(
    source: &Source,
    function: &Function<'a>,
    findings: &mut FindingsOf,
    call: &Expr,
    text: &'a Expr,
) {
    if let Some(label) = has_special_tokens(function, text) {
        findings.tell(source.at(call), label);
    }
}

/// `text` of `tokenizer.encode(text, true)`.
fn encoded_with_special_tokens(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::MethodCall(call)
            if is_call_of(expr, ENCODES)
                && call.args.len() == 2
                && is_literal(&call.args[1], "true") =>
        {
            Some(&call.args[0])
        }
        _ => None,
    }
}

/// Which of its arguments a function encodes with special tokens, without `self`.
fn encoded_arguments(function: &Function) -> Vec<usize> {
    let names: Vec<String> = function
        .arguments()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut places: Vec<usize> = function
        .exprs()
        .into_iter()
        .filter_map(encoded_with_special_tokens)
        .filter_map(|text| {
            let name = name_of(bare(text))?;
            // A name that is given something else is no longer the argument.
            function.value(&name).is_none().then_some(())?;
            names.iter().position(|argument| *argument == name)
        })
        .collect();
    places.dedup();
    places
}

/// Why a text has its special tokens already: a template has written it, or they stand in it.
fn has_special_tokens<'a>(function: &Function<'a>, text: &'a Expr) -> Option<String> {
    let of_the_name = |name: &str| {
        (has_word(name, &["rendered", "templated"]))
            .then(|| format!("`{name}` comes from a template"))
    };
    if let Some(label) = name_of(bare(text)).and_then(|name| of_the_name(&name)) {
        return Some(label);
    }
    function.made_of(text).into_iter().find_map(|part| {
        if is_call_of(part, RENDERS) {
            return Some("a template has written this text".to_owned());
        }
        let start = starts_with_special_token(function, part)?;
        Some(format!("`{start}` is in the text already"))
    })
}

/// The token that a literal, or the format of a text, begins with.
fn starts_with_special_token(function: &Function, part: &Expr) -> Option<&'static str> {
    let text = match part {
        Expr::Lit(literal) => literal,
        Expr::Macro(made) if made.mac.path.is_ident("format") => {
            match function.source.macro_exprs(&made.mac).first()? {
                Expr::Lit(literal) => literal,
                _ => return None,
            }
        }
        _ => return None,
    };
    let Lit::Str(text) = &text.lit else {
        return None;
    };
    let text = text.value();
    STARTS
        .iter()
        .copied()
        .find(|start| text.starts_with(start) && text.len() > start.len())
}
