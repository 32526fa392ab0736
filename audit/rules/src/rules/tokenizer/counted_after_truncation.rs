use syn::{BinOp, Expr, Stmt};

use crate::calls::{bare, is_call_of};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "tokenizer::counted_after_truncation",
    part: "folklore",
    finds: "The tokens of a text are counted by a tokenizer that may cut it.",
    why: "A file may have a limit of its own, and then no text has more tokens than that: a chunk that is too long passes.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const ENCODES: &[&str] = &["encode", "encode_fast", "encode_char_offsets"];

fn check(source: &Source, findings: &mut FindingsOf) {
    // Who switches the limit off counts all.
    if !source.uses_crate("tokenizers") || switches_off(source) {
        return;
    }
    for function in source.functions() {
        let is_count = has_word(
            &function.name(),
            &["count", "counts", "num", "size", "length", "len", "measure"],
        );
        if is_count && let Some(Stmt::Expr(last, None)) = function.block.stmts.last() {
            for part in source.exprs_in(last) {
                if is_length_of_tokens(&function, part) {
                    findings.tell(source.at(part), "at most the limit of the file");
                }
            }
        }
        for expr in function.exprs() {
            match expr {
                Expr::Binary(binary)
                    if matches!(
                        binary.op,
                        BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
                    ) =>
                {
                    for side in [&binary.left, &binary.right] {
                        if is_length_of_tokens(&function, bare(side)) {
                            findings.tell(source.at(side), "at most the limit of the file");
                        }
                    }
                }
                Expr::MethodCall(call)
                    if call.method == "len"
                        && is_call_of(bare(&call.receiver), &["get_overflowing"]) =>
                {
                    findings.tell(
                        source.at(call),
                        "counts pieces, and not all of them are there",
                    );
                }
                _ => {}
            }
        }
    }
}

/// `tokenizer.encode(text, true)?.len()`, `encoding.get_ids().len()`.
fn is_length_of_tokens<'a>(function: &Function<'a>, expr: &'a Expr) -> bool {
    let Expr::MethodCall(call) = expr else {
        return false;
    };
    call.method == "len" && is_encoding(function, bare(&call.receiver), 4)
}

fn is_encoding<'a>(function: &Function<'a>, expr: &'a Expr, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else {
        return false;
    };
    match expr {
        Expr::MethodCall(call) if is_call_of(expr, &["get_ids", "get_tokens"]) => {
            is_encoding(function, bare(&call.receiver), left)
        }
        Expr::MethodCall(call) => is_call_of(expr, ENCODES) && call.args.len() == 2,
        Expr::Path(_) => name_of(expr)
            .and_then(|name| function.value(&name))
            .is_some_and(|value| is_encoding(function, bare(value), left)),
        _ => false,
    }
}

/// `with_truncation(None)`
fn switches_off(source: &Source) -> bool {
    source.exprs().into_iter().any(|expr| {
        matches!(expr, Expr::MethodCall(call) if call.method == "with_truncation"
            && call.args.first().and_then(name_of).is_some_and(|name| name == "None"))
    })
}
