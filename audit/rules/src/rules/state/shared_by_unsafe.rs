use syn::Type;

use crate::finding::FindingsOf;
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::syntax::unsafe_impls;

pub static RULE: Rule = Rule {
    id: "state::shared_by_unsafe",
    part: "one-right-fix",
    finds: "A type with a model in it is declared to be safe to share, by `unsafe impl`.",
    why: "That a runtime is thread safe says nothing of the buffers of a binding around it: `&mut self` promises a run that it has its session to itself.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["unsafe impl"]) {
        return;
    }
    let inference = Inference::of(source);
    let structs = source.structs();
    for (item, of, name) in unsafe_impls(source) {
        if of != "Sync" && of != "Send" {
            continue;
        }
        let holds = structs
            .iter()
            .filter(|item| item.ident == name)
            .flat_map(|item| &item.fields)
            .any(|field| holds_a_model(source, &inference, &field.ty));
        if holds {
            let at = source.at(&item.impl_token).start..source.at(&item.self_ty).end;
            findings.tell(at, format!("`{name}` holds a model"));
        }
    }
}

/// Whether it holds a model itself: a pointer into a runtime is what a binding is made of.
fn holds_a_model(source: &Source, inference: &Inference, ty: &Type) -> bool {
    let points = matches!(ty, Type::Reference(_) | Type::Ptr(_))
        || source.type_name(ty).as_deref() == Some("NonNull");
    if points {
        return false;
    }
    inference.model(ty).is_some()
        || source
            .type_arguments(ty)
            .iter()
            .any(|inside| holds_a_model(source, inference, inside))
}
