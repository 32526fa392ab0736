use syn::{Expr, Member};

use crate::calls::{arguments, bare, is_call_of, is_number};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::has_name;

pub static RULE: Rule = Rule {
    id: "padding::mask_made_up",
    part: "why",
    finds: "An attention mask is made of ones alone.",
    why: "Where a row is padded, the model then attends to the padding, and the text's vector depends on its neighbours.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("mask") {
        return;
    }
    for function in source.functions() {
        // One text alone needs no padding, and its mask is of ones.
        let pads = pads(&function);
        for expr in function.exprs() {
            if let Expr::Struct(made) = expr {
                for field in &made.fields {
                    if let Member::Named(name) = &field.member
                        && pads
                    {
                        look(source, findings, &name.to_string(), &field.expr, false);
                    }
                }
            }
            if let Expr::MethodCall(call) = expr
                && ["unwrap_or", "unwrap_or_else", "map_or", "map_or_else"]
                    .iter()
                    .any(|name| call.method == name)
                && let Some(name) = name_of(bare(&call.receiver))
                && let Some(given) = call.args.first()
            {
                let given = match given {
                    Expr::Closure(closure) => &closure.body,
                    given => given,
                };
                look(source, findings, &name, given, true);
            }
        }
        if pads {
            for (name, value) in function.locals() {
                look(source, findings, name, value, false);
            }
        }
    }
}

/// What a mask of tokens is called.
const KINDS: &[&str] = &[
    "attention",
    "input",
    "token",
    "tokens",
    "padding",
    "pad",
    "attn",
    "mask",
    "masks",
    "ids",
];

fn look(source: &Source, findings: &mut FindingsOf, name: &str, value: &Expr, by_default: bool) {
    let is_mask = has_word(name, &["mask", "masks"])
        // Masks that order tokens, and of pictures, are no matter of padding.
        && name.split('_').all(|word| KINDS.contains(&word));
    if is_mask && is_all_ones(source, value, by_default) {
        findings.tell(source.at(value), format!("`{name}` is 1 everywhere"));
    }
}

/// Whether a function names padding, or the length of the longest row.
fn pads(function: &Function) -> bool {
    has_name(function, |name| {
        has_word(name, &["pad", "padding", "padded", "longest"])
    })
}

/// `vec![1; n]`, `Array2::ones(..)`, `ids.ones_like()`, `Array::from_elem(shape, 1)`.
fn is_all_ones(source: &Source, value: &Expr, by_default: bool) -> bool {
    let value = bare(value);
    match value {
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
            let given = source.macro_exprs(&mac.mac);
            match given {
                [one, _] => {
                    is_number(bare(one), 1.0) && mac.mac.tokens.to_string().contains(';')
                        || is_all_ones(source, one, by_default)
                }
                _ => false,
            }
        }
        _ => {
            // One that is made so and filled afterwards is made by `ones` mostly.
            by_default && is_call_of(value, &["ones", "ones_like"])
                || is_call_of(value, &["from_elem", "full", "repeat_n"])
                    && arguments(value)
                        .iter()
                        .any(|given| is_number(bare(given), 1.0))
        }
    }
}
