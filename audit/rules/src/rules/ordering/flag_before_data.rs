use crate::atomics::{Does, steps};
use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "ordering::flag_before_data",
    part: "one-right-fix",
    finds: "A flag is set, and the memory that it announces is written after it.",
    why: "No ordering of a store covers what comes after it, not even `SeqCst`: data first, flag after.",
    confidence: Confidence::Likely,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["store"]) {
        return;
    }
    for function in source.functions() {
        let mut raised = None;
        let mut is_before_data = false;
        for step in steps(&function) {
            if step.does.raises() {
                raised = Some(step.at);
                is_before_data = false;
            } else if matches!(step.does, Does::Write { .. }) {
                is_before_data = true;
            }
        }
        if let Some(at) = raised
            && is_before_data
        {
            findings.tell(at, "is set before what it announces is written");
        }
    }
}
