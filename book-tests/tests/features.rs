//! What the command has compiled, the server finds compiled: cargo compiles a crate once more for other features of it, or of
//! one that it depends on.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Each crate that the package is compiled with, and the features that it has there: for the program, for a macro, or both.
fn features(package: &str) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", package])
        .args(["--edges", "normal,build", "--prefix", "none", "--no-dedupe"])
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
fn the_server_compiles_no_crate_again_that_the_command_has_compiled() {
    let (command, server) = (features("workbook"), features("workbook-server"));
    assert!(command.len() > 20, "{command:#?}");
    for (name, its) in command {
        let of_the_server = server.get(&name);
        // Of our own: what a class is sent, on top of the arguments.
        if name.starts_with("workbook-common ") {
            continue;
        }
        let Some(of_the_server) = of_the_server else {
            continue;
        };
        assert!(
            its.is_subset(of_the_server),
            "`{name}` has the features {its:?} in the command and {of_the_server:?} in the server: give both the same, in \
             `[workspace.dependencies]` or in workbook/runner/Cargo.toml"
        );
    }
}
