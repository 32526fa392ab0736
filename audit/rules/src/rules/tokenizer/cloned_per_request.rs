use syn::{Expr, FnArg};

use crate::finding::FindingsOf;
use crate::function::{Function, has_word, name_of};
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "tokenizer::cloned_per_request",
    part: "folklore",
    finds: "A tokenizer is copied for each request.",
    why: "A clone copies the whole vocabulary, and encoding needs none: it takes `&self` from any number of threads.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("okenizer") {
        return;
    }
    for function in source.functions() {
        if !serves_requests(&function) {
            continue;
        }
        for expr in function.exprs() {
            if let Expr::MethodCall(call) = expr
                && call.method == "clone"
                && call.args.is_empty()
                && is_tokenizer(source, &function, &call.receiver)
            {
                findings.tell(source.at(call), "a copy of the vocabulary");
            }
        }
    }
}

/// Whether it is called on something that was built, and builds nothing itself.
fn serves_requests(function: &Function) -> bool {
    let takes_self = function
        .signature
        .inputs
        .iter()
        .any(|input| matches!(input, FnArg::Receiver(_)));
    takes_self
        && !has_word(
            &function.name(),
            &[
                "new",
                "load",
                "build",
                "from",
                "into",
                "with",
                "init",
                "clone",
                "try",
                "fork",
                "tokenizer",
            ],
        )
}

/// A tokenizer itself, and not a pointer to one: as far as the file says.
fn is_tokenizer(source: &Source, function: &Function, expr: &Expr) -> bool {
    // `(*tokenizer).clone()` copies what a pointer points to.
    let dereferenced = match expr {
        Expr::Paren(paren) => matches!(&*paren.expr, Expr::Unary(_)),
        _ => false,
    };
    let Some(ty) = function.type_of(expr) else {
        return dereferenced && name_of(expr).is_some_and(|name| name == "tokenizer");
    };
    let name = source.type_name(&ty).unwrap_or_default();
    let pointed_to = || {
        source
            .type_arguments(&ty)
            .first()
            .and_then(|inner| source.type_name(inner))
            .unwrap_or_default()
    };
    let is_one = |name: &str| name == "Tokenizer" || name == "TokenizerImpl";
    is_one(&name)
        || ["Option", "Box"].contains(&name.as_str()) && is_one(&pointed_to())
        || dereferenced && ["Arc", "Rc"].contains(&name.as_str()) && is_one(&pointed_to())
}
