use crate::atomics::{Does, steps};
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::called;

use syn::Expr;

pub static RULE: Rule = Rule {
    id: "ordering::relaxed_publish",
    part: "why",
    finds: "A `Relaxed` store announces memory that was written before it.",
    why: "`Relaxed` orders no other memory: a thread that sees the flag may see half of what it announces.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["Relaxed"]) {
        return;
    }
    for function in source.functions() {
        let mut is_written = false;
        for step in steps(&function) {
            match &step.does {
                Does::Write { .. } => is_written = true,
                does if does.releases() => is_written = false,
                Does::Store { call, ordering } if ordering == "Relaxed" => {
                    let value = call.args.first();
                    if is_written || value.is_some_and(is_into_raw) {
                        findings.tell(step.at, "orders nothing that was written before it");
                    }
                }
                _ => {}
            }
        }
    }
}

/// `Box::into_raw(..)`
fn is_into_raw(value: &Expr) -> bool {
    matches!(value, Expr::Call(call) if called(call).as_deref() == Some("into_raw"))
}
