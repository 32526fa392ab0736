use syn::{Field, Type};

use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "ordering::model_and_cache_swapped_apart",
    part: "folklore",
    finds: "A model can be swapped, and what was made from it stands beside it.",
    why: "After a swap the old results, or the old tokenizer, go with the new model: keep in one version what belongs together.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const MODEL: &[&str] = &[
    "model", "weights", "session", "embedder", "encoder", "engine", "current",
];

const MADE_FROM_IT: &[&str] = &[
    "cache",
    "cached",
    "tokenizer",
    "embeddings",
    "vectors",
    "index",
    "memo",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    for item in source.structs() {
        let swapped = item
            .fields
            .iter()
            .find(|field| is_named(field, MODEL) && is_swapped(source, &field.ty));
        let Some(swapped) = swapped else { continue };
        for field in &item.fields {
            if is_named(field, MADE_FROM_IT) && holds_something(source, &field.ty) {
                let name = |field: &Field| {
                    field
                        .ident
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default()
                };
                let label = format!("stays when `{}` is swapped", name(swapped));
                findings.tell(source.at(&field.ty), label);
            }
        }
    }
}

fn is_named(field: &Field, words: &[&str]) -> bool {
    field
        .ident
        .as_ref()
        .is_some_and(|name| has_word(&name.to_string(), words))
}

/// `ArcSwap<Model>`, `RwLock<Arc<Model>>`, `Arc<RwLock<Option<Arc<Model>>>>`: `RwLock<Option<Model>>` is loaded late.
fn is_swapped(source: &Source, ty: &Type) -> bool {
    let first = || source.type_arguments(ty).into_iter().next();
    match source.type_name(ty).as_deref() {
        Some("ArcSwap" | "ArcSwapOption" | "ArcSwapAny" | "AtomicPtr") => true,
        Some("Arc") => first().is_some_and(|inner| is_swapped(source, &inner)),
        Some("RwLock") => first().is_some_and(|inner| holds_an_arc(source, &inner)),
        _ => false,
    }
}

fn holds_an_arc(source: &Source, ty: &Type) -> bool {
    match source.type_name(ty).as_deref() {
        Some("Arc") => true,
        Some("Option") => source
            .type_arguments(ty)
            .first()
            .is_some_and(|inner| holds_an_arc(source, inner)),
        _ => false,
    }
}

fn holds_something(source: &Source, ty: &Type) -> bool {
    !matches!(
        source.type_name(ty).as_deref(),
        None | Some(
            "usize"
                | "u64"
                | "u32"
                | "bool"
                | "String"
                | "PathBuf"
                | "Duration"
                | "AtomicU64"
                | "AtomicUsize"
        )
    )
}
