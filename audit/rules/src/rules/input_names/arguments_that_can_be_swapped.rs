use syn::TraitItemFn;
use syn::visit::Visit;

use crate::finding::FindingsOf;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;
use crate::tensors::input;

pub static RULE: Rule = Rule {
    id: "input_names::arguments_that_can_be_swapped",
    part: "folklore",
    finds: "Two inputs of a model are arguments of one type.",
    why: "No compiler and no runtime notices when they are swapped: types of their own, or values with names, would tell.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

fn check(source: &Source, findings: &mut FindingsOf) {
    if !source.mentions(&["mask", "ids"]) {
        return;
    }
    let given = methods_of_traits(source);
    for function in source.functions() {
        if given.contains(&function.name()) {
            continue;
        }
        let inputs: Vec<_> = function
            .arguments()
            .into_iter()
            .filter_map(|(name, ty)| {
                Some((
                    input(&name)?,
                    name,
                    source.text[source.at(ty)].to_owned(),
                    ty,
                ))
            })
            .filter(|(_, _, ty, _)| holds_many(ty))
            .collect();
        for (index, (kind, name, ty, at)) in inputs.iter().enumerate() {
            let other = inputs[..index]
                .iter()
                .find(|(other, _, other_ty, _)| other != kind && other_ty == ty);
            if let Some((_, other, _, _)) = other {
                findings.tell(source.at(at), format!("`{name}` has the type of `{other}`"));
                break;
            }
        }
    }
}

/// Whether it is a list of integers.
fn holds_many(ty: &str) -> bool {
    let is_list = ty.contains("Vec") || ty.contains('[') || ty.contains("Array");
    is_list
        && ["i64", "u32", "i32"]
            .iter()
            .any(|element| ty.contains(element))
}

/// The methods that traits of this file declare: what calls them is given their arguments.
fn methods_of_traits(source: &Source) -> Vec<String> {
    let mut traits = Traits(Vec::new());
    traits.visit_file(&source.file);
    traits.0
}

struct Traits(Vec<String>);

impl<'a> Visit<'a> for Traits {
    fn visit_trait_item_fn(&mut self, method: &'a TraitItemFn) {
        self.0.push(method.sig.ident.to_string());
    }
}
