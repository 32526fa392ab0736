use crate::atomics::{Does, steps};
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "ordering::relaxed_gate",
    part: "one-right-fix",
    finds: "A `Relaxed` load decides whether memory of another thread is read by a pointer.",
    why: "A release does nothing for a load that does not acquire it, and has no fence after it that does: the flag is seen, and what it announces is not.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["Relaxed"]) {
        return;
    }
    for function in source.functions() {
        let mut gate = None;
        for step in steps(&function) {
            match &step.does {
                does if does.acquires() => break,
                Does::Load { ordering } if ordering == "Relaxed" => {
                    gate.get_or_insert(step.at);
                }
                Does::Read => {
                    if let Some(at) = gate.take() {
                        findings.tell(at, "acquires nothing of what is read after it");
                        break;
                    }
                }
                _ => {}
            }
        }
    }
}
