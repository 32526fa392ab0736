use syn::{Expr, Lit, Member};

use crate::calls::bare;
use crate::finding::FindingsOf;
use crate::function::name_of;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "recipe::bos_left_empty",
    part: "wrong-fixes",
    finds: "A chat template is given an empty text for the start token.",
    why: "A template writes it where the model expects it: where the tokenizer adds none, it is now nowhere, and no error says so.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("bos_token") {
        return;
    }
    // `context! { bos_token => "" }`
    for given in source.given_to_macros() {
        for pair in given.windows(2) {
            if name_of(&pair[0]).is_some_and(|name| name == "bos_token") && is_empty(&pair[1]) {
                findings.tell(source.at(&pair[1]), "no token at the start of a text");
            }
        }
    }
    for expr in source.exprs() {
        match expr {
            Expr::Struct(made) => {
                for field in &made.fields {
                    if matches!(&field.member, Member::Named(name) if name == "bos_token")
                        && is_empty(&field.expr)
                    {
                        findings.tell(source.at(&field.expr), "no token at the start of a text");
                    }
                }
            }
            Expr::MethodCall(call)
                if (call.method == "unwrap_or_default"
                    || call.method == "unwrap_or" && call.args.first().is_some_and(is_empty))
                    && name_of(bare(&call.receiver)).is_some_and(|name| name == "bos_token") =>
            {
                findings.tell(
                    source.at(&call.method),
                    "empty where the model's files name none",
                );
            }
            _ => {}
        }
    }
}

/// `""`, `String::new()`
fn is_empty(value: &Expr) -> bool {
    match bare(value) {
        Expr::Lit(literal) => matches!(&literal.lit, Lit::Str(text) if text.value().is_empty()),
        Expr::Call(call) => {
            call.args.is_empty()
                && matches!(&*call.func, Expr::Path(path)
                    if path.path.segments.iter().map(|part| part.ident.to_string()).eq(["String", "new"]))
        }
        _ => false,
    }
}
