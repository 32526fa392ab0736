use toml_edit::{Item, TableLike};

use crate::finding::FindingsOf;
use crate::manifest::Manifest;
use crate::rule::{Check, Confidence, Rule};

pub static RULE: Rule = Rule {
    id: "batching::panic_abort_with_a_batcher",
    part: "in-your-code-base",
    finds: "A service that runs models aborts on a panic.",
    why: "One request on which the model panics ends the process, with every other request inside: no task is left that could answer them.",
    confidence: Confidence::LookHere,
    check: Check::Manifest(check),
};

/// Crates that run a model.
const RUNTIMES: &[&str] = &[
    "ort",
    "candle-core",
    "candle-transformers",
    "fastembed",
    "tract-onnx",
    "tract-core",
    "tch",
    "rust-bert",
    "burn",
    "rten",
    "whisper-rs",
    "llama-cpp-2",
    "mistralrs",
    "usls",
    "wonnx",
];

fn check(manifest: &Manifest, findings: &mut FindingsOf) {
    let root = manifest.document.as_table();
    if !depends_on(root, &["tokio"]) || !depends_on(root, RUNTIMES) {
        return;
    }
    let Some(profiles) = root.get("profile").and_then(Item::as_table_like) else {
        return;
    };
    for (name, profile) in profiles.iter() {
        let panic = profile
            .as_table_like()
            .and_then(|profile| profile.get("panic"));
        if let Some(panic) = panic
            && panic.as_str() == Some("abort")
            && let Some(at) = panic.span()
        {
            findings.tell(
                at,
                format!("in the profile `{name}` no batch outlives a panic"),
            );
        }
    }
}

/// Whether it depends on one of these, itself or by its workspace, on some target, under any name.
fn depends_on(root: &dyn TableLike, crates: &[&str]) -> bool {
    let named = |table: &dyn TableLike| {
        table
            .get("dependencies")
            .and_then(Item::as_table_like)
            .is_some_and(|all| {
                all.iter().any(|(name, item)| {
                    let package = item
                        .as_table_like()
                        .and_then(|item| item.get("package")?.as_str());
                    crates.contains(&package.unwrap_or(name))
                })
            })
    };
    let workspace = root.get("workspace").and_then(Item::as_table_like);
    let targets = root.get("target").and_then(Item::as_table_like);
    named(root)
        || workspace.is_some_and(named)
        || targets.is_some_and(|targets| {
            targets
                .iter()
                .any(|(_, target)| target.as_table_like().is_some_and(named))
        })
}
