use syn::{Expr, Lit};

use crate::calls::is_call_of;
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::is_literal;

pub static RULE: Rule = Rule {
    id: "recipe::literal_bos",
    part: "folklore",
    finds: "The start of a text is spelled out, and encoded without special tokens.",
    why: "Where the vocabulary has no token of this spelling it becomes several tokens of ordinary text, and the model has no start.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const ENCODES: &[&str] = &[
    "encode",
    "encode_batch",
    "encode_fast",
    "encode_char_offsets",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.text.contains("\"<s>") && !source.text.contains("\"[CLS]") {
        return;
    }
    for function in source.functions() {
        for expr in function.exprs() {
            let Expr::MethodCall(call) = expr else {
                continue;
            };
            if is_call_of(expr, ENCODES)
                && call.args.len() == 2
                && is_literal(&call.args[1], "false")
                && function
                    .made_of(&call.args[0])
                    .into_iter()
                    .any(|part| is_spelled(source, part))
            {
                findings.tell(source.at(&call.method), "`<s>` may be ordinary text here");
            }
        }
    }
}

/// `"<s>{text}"`
fn is_spelled(source: &Source, part: &Expr) -> bool {
    match part {
        Expr::Lit(literal) => matches!(&literal.lit, Lit::Str(text)
            if ["<s>", "[CLS]"].iter().any(|start| text.value().starts_with(start))),
        Expr::Macro(made) if made.mac.path.is_ident("format") => source
            .macro_exprs(&made.mac)
            .first()
            .is_some_and(|text| is_spelled(source, text)),
        _ => false,
    }
}
