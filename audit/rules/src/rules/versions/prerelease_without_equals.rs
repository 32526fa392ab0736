use toml_edit::{Item, TableLike, Value};

use crate::finding::FindingsOf;
use crate::manifest::Manifest;
use crate::rule::{Check, Confidence, Rule};

pub static RULE: Rule = Rule {
    id: "versions::prerelease_without_equals",
    part: "folklore",
    finds: "A pre-release is required without `=`.",
    why: "It also takes later ones, up to the next major version, and they may change its API: a build without your lock file takes the latest.",
    confidence: Confidence::Likely,
    check: Check::Manifest(check),
};

const TABLES: &[&str] = &["dependencies", "dev-dependencies", "build-dependencies"];

fn check(manifest: &Manifest, findings: &mut FindingsOf) {
    let root = manifest.document.as_table();
    look_at_all(root, findings);
    if let Some(workspace) = root.get("workspace").and_then(Item::as_table_like) {
        look_at_all(workspace, findings);
    }
    if let Some(targets) = root.get("target").and_then(Item::as_table_like) {
        for (_, target) in targets.iter() {
            if let Some(target) = target.as_table_like() {
                look_at_all(target, findings);
            }
        }
    }
}

fn look_at_all(outside: &dyn TableLike, findings: &mut FindingsOf) {
    for table in TABLES {
        let Some(dependencies) = outside.get(table).and_then(Item::as_table_like) else {
            continue;
        };
        for (name, dependency) in dependencies.iter() {
            look_at(name, dependency, findings);
        }
    }
}

fn look_at(name: &str, dependency: &Item, findings: &mut FindingsOf) {
    let requirement = match dependency.as_table_like() {
        // A folder or a commit is pinned by itself.
        Some(table) if table.contains_key("path") || table.contains_key("git") => return,
        Some(table) => table.get("version").and_then(Item::as_value),
        None => dependency.as_value(),
    };
    if let Some(Value::String(text)) = requirement
        && is_open(text.value())
        && let Some(at) = text.span()
    {
        findings.tell(at, format!("`{name}` may be a later release"));
    }
}

/// Whether one of its parts asks for a pre-release, and does not pin it.
fn is_open(requirement: &str) -> bool {
    requirement.split(',').any(|part| {
        let part = part.trim();
        // What is below a pre-release takes none by itself.
        let is_bound = part.starts_with('<');
        let version = part.split('+').next().unwrap_or_default();
        !part.starts_with('=') && !is_bound && version.contains('-')
    })
}
