use syn::visit::Visit;
use syn::{ItemImpl, Type};

use crate::finding::FindingsOf;
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "state::shared_by_unsafe",
    part: "wrong-fixes",
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
    let mut shared = Shared(Vec::new());
    shared.visit_file(&source.file);
    for (item, name) in shared.0 {
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

/// `unsafe impl Sync for Name`, and `Send`.
struct Shared<'a>(Vec<(&'a ItemImpl, String)>);

impl<'a> Visit<'a> for Shared<'a> {
    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if item.unsafety.is_some()
            && let Some((of, _)) = &item.trait_
            && (of.is_ident("Sync") || of.is_ident("Send"))
            && let Type::Path(path) = &*item.self_ty
            && let Some(last) = path.path.segments.last()
        {
            self.0.push((item, last.ident.to_string()));
        }
    }
}
