use syn::Expr;

use crate::finding::FindingsOf;
use crate::function::{has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::cast_to;

pub static RULE: Rule = Rule {
    id: "precision::id_as_f32",
    part: "wrong-fixes",
    finds: "An id or a moment is cast to `f32`.",
    why: "From 2^24 on an `f32` lacks integers: 2^24 + 1 becomes 2^24, the id of another, and a Unix time in seconds steps by 128.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const WORDS: &[&str] = &["id", "ids", "timestamp", "epoch", "unix", "ts"];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["f32"]) {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            // Its inside is looked at, too.
            if matches!(expr, Expr::Paren(_)) {
                continue;
            }
            let Some(inside) = cast_to(expr, "f32") else {
                continue;
            };
            let name = match inside {
                Expr::Index(index) => name_of(&index.expr),
                _ => name_of(inside),
            };
            let Some(name) = name.filter(|name| has_word(name, WORDS)) else {
                continue;
            };
            let ty = function.type_name_of(inside);
            let holds_large = !matches!(
                ty.as_deref(),
                Some("u8" | "i8" | "u16" | "i16" | "f32" | "bool")
            );
            if holds_large {
                let what = ty.map_or_else(
                    || format!("`{name}`"),
                    |ty| format!("`{name}`, of type `{ty}`,"),
                );
                findings.tell(
                    source.at(expr),
                    format!("{what} is exact up to 2^24 only, as an `f32`"),
                );
            }
        }
    }
}
