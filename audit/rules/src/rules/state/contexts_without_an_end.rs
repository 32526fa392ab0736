use syn::Type;

use crate::finding::FindingsOf;
use crate::function::has_word;
use crate::rule::{Check, Confidence, Rule};
use crate::source::Source;

pub static RULE: Rule = Rule {
    id: "state::contexts_without_an_end",
    part: "one-right-fix",
    finds: "A map holds a context for each conversation.",
    why: "Nothing tells the map that a conversation has ended, unless you do: it grows with each of them.",
    confidence: Confidence::LookHere,
    check: Check::Code(check),
};

const CONTEXTS: &[&str] = &["contexts", "conversations", "histories", "chats", "dialogs"];

/// What takes out those that have ended.
const ENDS: &[&str] = &[
    "retain",
    "evict",
    "expire",
    "expired",
    "ttl",
    "prune",
    "cleanup",
    "impl Drop",
    "LruCache",
    "max_capacity",
];

fn check(source: &Source, findings: &mut FindingsOf) {
    if ENDS.iter().any(|word| source.text.contains(word)) {
        return;
    }
    for item in source.structs() {
        for field in &item.fields {
            if let Some(name) = &field.ident
                && has_word(&name.to_string(), CONTEXTS)
                && is_map_of_lists(source, &field.ty)
            {
                findings.tell(source.at(&field.ty), "grows with each conversation");
            }
        }
    }
}

/// `HashMap<u64, Vec<i64>>`, also behind a lock or an `Arc`: what is kept grows by itself, too.
fn is_map_of_lists(source: &Source, ty: &Type) -> bool {
    let inside = source.type_arguments(ty);
    match source.type_name(ty).as_deref() {
        Some("HashMap" | "BTreeMap" | "DashMap" | "IndexMap" | "FxHashMap") => {
            inside.get(1).is_some_and(|value| {
                matches!(
                    source.type_name(value).as_deref(),
                    Some("Vec" | "VecDeque" | "String")
                ) || source.type_name(value).is_some_and(|name| {
                    ["Context", "Conversation", "History", "Cache"]
                        .iter()
                        .any(|end| name.ends_with(end))
                })
            })
        }
        Some("Mutex" | "RwLock" | "Arc" | "RefCell") => {
            inside.first().is_some_and(|ty| is_map_of_lists(source, ty))
        }
        _ => false,
    }
}
