use syn::Type;

use crate::finding::FindingsOf;
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "state::refcell_around_a_model",
    part: "one-right-fix",
    finds: "A `RefCell` stands around a model.",
    why: "It is not `Sync`: a server can share it only with a lock around all of it.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["RefCell"]) {
        return;
    }
    let inference = Inference::of(source);
    for item in source.structs() {
        for field in &item.fields {
            if source.type_name(&field.ty).as_deref() == Some("RefCell")
                && let Some(held) = source.type_arguments(&field.ty).first()
                && holds_a_model(source, &inference, held)
            {
                findings.tell(source.at(&field.ty), "no other thread can use it");
            }
        }
    }
}

fn holds_a_model(source: &Source, inference: &Inference, ty: &Type) -> bool {
    let is_list = source.type_name(ty).as_deref() == Some("Vec");
    inference.model(ty).is_some()
        || is_list
            && source
                .type_arguments(ty)
                .first()
                .is_some_and(|of| inference.model(of).is_some())
}
