//! The crates that a page's Rust blocks use are those that the chapter's solution depends on: the package
//! `snippet-crates`, against which the blocks are compiled, is made from both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use runner::Root;
use snapbox::{Data, assert_data_eq};
use toml::{Table, Value};

#[test]
fn the_crates_of_the_blocks_are_those_of_the_chapters() {
    let root = Root::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let read = |path: String| {
        std::fs::read_to_string(root.path().join(&path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in root.names().unwrap() {
        let blocks = rust_blocks(&read(format!("src/{name}.md")));
        let manifest: Table = read(format!("solutions/{name}/Cargo.toml"))
            .parse()
            .unwrap();
        for key in ["dependencies", "dev-dependencies"] {
            for (package, how) in manifest
                .get(key)
                .and_then(Value::as_table)
                .into_iter()
                .flatten()
            {
                // A chapter's checks may put a crate in the place of `std`; a block of its page means the real one.
                if package != "std" && uses(&blocks, package) {
                    used.entry(package.clone())
                        .or_default()
                        .extend(features(how));
                }
            }
        }
    }
    let file = "book-tests/snippets/crates/Cargo.toml";
    let kept = read(file.into()).replace("\r\n", "\n");
    let (head, rest) = kept
        .split_once("[dependencies]\n")
        .expect("it has dependencies");
    let tail = rest.find("\n[").map_or("", |tail| &rest[tail..]);
    let lines: String = used
        .iter()
        .map(|(package, features)| line(package, features))
        .collect();
    let made = format!("{head}[dependencies]\n{lines}{tail}");
    assert_data_eq!(made, Data::read_from(&root.path().join(file), None).raw());
}

/// The blocks that are compiled, one after the other.
fn rust_blocks(page: &str) -> String {
    let mut blocks = String::new();
    let mut is_in_block = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_in_block = !is_in_block && line.starts_with("```rust") && !line.contains("ignore");
        } else if is_in_block {
            blocks += line;
            blocks.push('\n');
        }
    }
    blocks
}

fn uses(blocks: &str, package: &str) -> bool {
    let path = format!("{}::", package.replace('-', "_"));
    let is_whole =
        |at: usize| !blocks[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    blocks.match_indices(&path).any(|(at, _)| is_whole(at))
}

fn features(how: &Value) -> Vec<String> {
    let features = how.get("features").and_then(Value::as_array);
    let features = features.into_iter().flatten().filter_map(Value::as_str);
    features.map(str::to_owned).collect()
}

fn line(package: &str, features: &BTreeSet<String>) -> String {
    if features.is_empty() {
        return format!("{package}.workspace = true\n");
    }
    let features: Vec<String> = features
        .iter()
        .map(|feature| format!("{feature:?}"))
        .collect();
    format!(
        "{package} = {{ workspace = true, features = [{}] }}\n",
        features.join(", ")
    )
}
