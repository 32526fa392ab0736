//! What the command has compiled, the server and each chapter's checks find compiled: cargo compiles a crate once more for other
//! features of it, or of one that it depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use runner::Root;

/// Each crate that the package is compiled with, and the features that it has there: for the program, for a macro, or both.
fn features(package: &str, edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", package])
        .args(["--edges", edges, "--prefix", "none", "--no-dedupe"])
        .args(["--format", "{p}\t{f}"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{output:?}");
    let mut features: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((name, its)) = line.split_once('\t') {
            let its = its.trim_end_matches(" (*)").to_owned();
            features.entry(name.to_owned()).or_default().insert(its);
        }
    }
    features
}

#[test]
fn no_crate_is_compiled_again_that_a_reader_has_compiled() {
    let root = Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let programs = ["workbook", "workbook-server"].map(|name| (name.to_owned(), "normal,build"));
    let chapters = root.names().expect("exercises/ can be read").into_iter();
    let chapters = chapters.map(|name| (name, "normal,build,dev"));
    let mut compiled: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (package, edges) in programs.into_iter().chain(chapters) {
        let features = features(&package, edges);
        assert!(features.len() > 5, "{package}: {features:#?}");
        for (name, its) in features {
            // Our own are small, and some have a feature for the server.
            if name.contains(" (") && !name.ends_with("(proc-macro)") {
                continue;
            }
            let before = compiled.entry(name.clone()).or_default();
            assert!(
                before.is_empty() || its.is_subset(before),
                "{package} has `{name}` with the features {its:?}, what was compiled before it {before:?}: give both the same, in \
                 `[workspace.dependencies]`, and in checks/Cargo.toml where no crate of the workspace names it"
            );
            before.extend(its);
        }
    }
}
