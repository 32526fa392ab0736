use syn::{BinOp, Expr, Lit};

use crate::calls::{bare, is_call_of};
use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "versions::compared_as_text",
    part: "predict",
    finds: "A version is compared as text, or as one number with a fraction.",
    why: "Either way 1.9 comes after 1.24, and 1.100 before it.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    for function in source.functions() {
        let is_about_versions = has_word(&function.name(), &["version", "versions"])
            || function
                .arguments()
                .iter()
                .any(|(name, _)| has_word(name, &["version"]));
        for expr in function.exprs() {
            match expr {
                Expr::Binary(binary)
                    if matches!(
                        binary.op,
                        BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_)
                    ) && [&binary.left, &binary.right]
                        .iter()
                        .any(|side| is_version_text(source, &function, side)) =>
                {
                    findings.tell(source.at(binary), "letter by letter");
                }
                Expr::MethodCall(call)
                    if call.method == "parse"
                        && (is_about_versions
                            || name_of(bare(&call.receiver))
                                .is_some_and(|name| has_word(&name, &["version"])))
                        && is_fraction(source, &function, call) =>
                {
                    findings.tell(source.at(&call.method), "1.9 is more than 1.24");
                }
                _ => {}
            }
        }
    }
}

/// `"1.24"`, `format!("1.{minor}")`: a text that begins with a digit, beside another text.
fn is_version_text(source: &Source, function: &Function, side: &Expr) -> bool {
    let side = match side {
        Expr::Reference(reference) => &*reference.expr,
        side => side,
    };
    match side {
        Expr::Lit(literal) => matches!(&literal.lit, Lit::Str(text) if is_version(&text.value())),
        Expr::Macro(made) if made.mac.path.is_ident("format") => source
            .macro_exprs(&made.mac)
            .first()
            .is_some_and(|text| is_version_text(source, function, text)),
        Expr::Path(_) => name_of(side)
            .and_then(|name| function.value(&name))
            .is_some_and(|value| {
                !matches!(value, Expr::Path(_)) && is_version_text(source, function, value)
            }),
        _ => false,
    }
}

/// `1.24`, `2`, `1.{minor}`
fn is_version(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '{' | '}' | '_'))
        && (text.contains('.') || text.len() == 1)
}

/// Whether it is parsed as a float: by its own argument, or since the function gives one.
fn is_fraction(source: &Source, function: &Function, call: &syn::ExprMethodCall) -> bool {
    let is_float = |ty: &syn::Type| {
        source
            .type_name(ty)
            .is_some_and(|name| name == "f32" || name == "f64")
    };
    match &call.turbofish {
        Some(turbofish) => turbofish
            .args
            .iter()
            .any(|argument| matches!(argument, syn::GenericArgument::Type(ty) if is_float(ty))),
        None => {
            let gives_a_float = matches!(&function.signature.output, syn::ReturnType::Type(_, ty)
                if is_float(ty) || source.type_arguments(ty).first().is_some_and(is_float));
            gives_a_float && !is_call_of(&call.receiver, &["trim_end_matches"])
        }
    }
}
