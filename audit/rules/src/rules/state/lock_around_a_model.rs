use syn::visit::{self, Visit};
use syn::{Field, ItemStatic, Type};

use crate::finding::FindingsOf;
use crate::inference::Inference;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "state::lock_around_a_model",
    part: "one-right-fix",
    finds: "A lock stands around a model.",
    why: "It satisfies `&self` and every test of the answers; with a `Mutex`, or for a run that takes `&mut self`, one request runs at a time.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    let inference = Inference::of(source);
    let locks = Locks {
        source,
        inference: &inference,
        holders: holders(source, &inference),
    };
    let mut types = Types(Vec::new());
    types.visit_file(&source.file);
    for ty in types.0 {
        if let Some(model) = locks.inside(ty) {
            findings.tell(source.at(ty), format!("a lock around the `{model}`"));
        }
    }
}

struct Locks<'a> {
    source: &'a Source,
    inference: &'a Inference<'a>,
    holders: Vec<String>,
}

impl Locks<'_> {
    /// The model inside a lock, somewhere in a type. A lock around several models is a pool.
    fn inside(&self, ty: &Type) -> Option<String> {
        let arguments = self.source.type_arguments(ty);
        let name = self.source.type_name(ty)?;
        if matches!(
            name.as_str(),
            "Mutex" | "RwLock" | "FairMutex" | "ReentrantMutex"
        ) {
            let held = arguments.first()?;
            return self.held(held);
        }
        arguments.iter().find_map(|argument| self.inside(argument))
    }

    fn held(&self, ty: &Type) -> Option<String> {
        match self.source.type_name(ty).as_deref() {
            // It is cloned, and the lock let go of.
            Some("Arc" | "Rc") => None,
            Some("Option") => self.held(self.source.type_arguments(ty).first()?),
            Some(name) if self.holders.iter().any(|holder| holder == name) => Some(name.to_owned()),
            _ => self.inference.model(ty),
        }
    }
}

/// The structs of this file that hold a model, or several.
fn holders(source: &Source, inference: &Inference) -> Vec<String> {
    source
        .structs()
        .into_iter()
        .filter(|item| {
            item.fields.iter().any(|field| {
                let arguments = source.type_arguments(&field.ty);
                let is_list = source.type_name(&field.ty).as_deref() == Some("Vec");
                inference.model(&field.ty).is_some()
                    || is_list
                        && arguments
                            .first()
                            .is_some_and(|of| inference.model(of).is_some())
            })
        })
        .map(|item| item.ident.to_string())
        .collect()
}

/// The types of fields and of statics.
struct Types<'a>(Vec<&'a Type>);

impl<'a> Visit<'a> for Types<'a> {
    fn visit_field(&mut self, field: &'a Field) {
        self.0.push(&field.ty);
    }

    fn visit_item_static(&mut self, item: &'a ItemStatic) {
        self.0.push(&item.ty);
        visit::visit_item_static(self, item);
    }
}
