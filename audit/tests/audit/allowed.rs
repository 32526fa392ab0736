//! What a team has looked at and found to be no pitfall.

use std::process::Command;

use crate::project::{MANIFEST, PITFALL, Project};

const COMMENT: &str = "// audit: allow(nan::partial_cmp_unwrap) no score is NaN: see `parse`\n";

fn with_table(table: &str) -> Project {
    let project = Project::with(PITFALL);
    project.write("Cargo.toml", format!("{MANIFEST}\n{table}\n"));
    project
}

#[test]
fn a_comment_with_a_reason_silences_a_finding() {
    let project = Project::with(&format!("{COMMENT}{PITFALL}\n{PITFALL}"));
    assert_eq!(project.found(&[]), ["src/lib.rs:4"]);
    assert_eq!(project.audit(&[]).err, "");
}

#[test]
fn what_is_wrong_with_a_comment_is_told_with_its_line() {
    for (text, told) in [
        (
            format!("\n// audit: allow(nan::partial_cmp_unwrap)\n{PITFALL}"),
            "warning: src/lib.rs:2: `nan::partial_cmp_unwrap` is not silenced: say why it is no pitfall here\n",
        ),
        (
            format!("{COMMENT}pub fn f() {{}}\n"),
            "warning: src/lib.rs:1: `nan::partial_cmp_unwrap` is allowed here and finds nothing: remove what allows it\n",
        ),
    ] {
        assert_eq!(Project::with(&text).audit(&[]).err, told);
    }
}

#[test]
fn a_table_of_the_package_or_the_workspace_silences_a_rule() {
    let entry = "allow = [{ id = \"nan::partial_cmp_unwrap\", reason = \"no score is NaN\" }]";
    for table in ["package", "workspace"] {
        let project = with_table(&format!("[{table}.metadata.inference-audit]\n{entry}"));
        let told = project.audit(&["--deny", "all"]);
        assert_eq!((told.err.as_str(), told.code), ("", Some(0)));
    }
    let project = with_table(
        "[[package.metadata.inference-audit.allow]]\nid = \"nan::partial_cmp_unwrap\"\nreason = \"no score is NaN\"",
    );
    assert_eq!(project.found(&[]), [""; 0]);
}

#[test]
fn the_table_of_a_workspace_is_for_all_its_packages_and_that_of_a_package_for_it_alone() {
    let entry = "allow = [{ id = \"nan::partial_cmp_unwrap\", reason = \"no score is NaN\" }]";
    let project = Project::empty();
    for name in ["a", "b"] {
        project.write(&format!("{name}/Cargo.toml"), MANIFEST);
        project.write(&format!("{name}/src/lib.rs"), PITFALL);
    }
    let package = format!("{MANIFEST}[package.metadata.inference-audit]\n{entry}\n");
    project.write("a/Cargo.toml", package);
    assert_eq!(project.found(&[]), ["b/src/lib.rs:1"]);
    project.write("a/Cargo.toml", MANIFEST);
    let workspace = format!(
        "[workspace]\nmembers = [\"a\", \"b\"]\n[workspace.metadata.inference-audit]\n{entry}\n"
    );
    project.write("Cargo.toml", workspace);
    assert_eq!(project.found(&[]), [""; 0]);
    assert_eq!(project.found(&["a/src/lib.rs"]), [""; 0]);
}

#[test]
fn what_is_wrong_with_a_table_is_told_with_its_line_and_silences_nothing() {
    for (table, told) in [
        (
            "[package.metadata.inference-audit]\nallow = [{ id = \"nan::partial_cmp_unwrap\" }]",
            "Cargo.toml:7: `nan::partial_cmp_unwrap` is not silenced: say why it is no pitfall here",
        ),
        (
            "[package.metadata.inference-audit]\nallow = [{ id = \"nan::partial_cmp_unwarp\", reason = \"a\" }]",
            "Cargo.toml:7: no rule is called `nan::partial_cmp_unwarp`: `nan::partial_cmp_unwrap` is the nearest",
        ),
        (
            "[package.metadata.inference-audit]\nallow = [\"nan::partial_cmp_unwrap\"]",
            "Cargo.toml:7: an entry of `allow` has an id and a reason: `{ id = \"..\", reason = \"..\" }`",
        ),
        (
            "[package.metadata.inference-audit]\nallow = \"nan\"",
            "Cargo.toml:7: `allow` is a list: `allow = [{ id = \"..\", reason = \"..\" }]`",
        ),
        (
            "[package.metadata.inference-audit]\ndeny = []",
            "Cargo.toml:7: `inference-audit` has no `deny`: `allow` is all",
        ),
        (
            "[inference-audit]\nallow = []",
            "Cargo.toml:6: cargo does not know this table: write `[package.metadata.inference-audit]`, or `workspace` for `package`",
        ),
    ] {
        let project = with_table(table);
        assert_eq!(project.audit(&[]).err, format!("warning: {told}\n"));
        assert_eq!(project.found(&[]), ["src/lib.rs:1"]);
    }
}

#[test]
fn an_unused_entry_of_a_table_is_told() {
    let project = with_table(
        "[package.metadata.inference-audit]\nallow = [{ id = \"nan::partial_cmp_unwrap\", reason = \"no score is NaN\" }]",
    );
    project.write("src/lib.rs", "pub fn f() {}\n");
    let told = "warning: Cargo.toml:7: `nan::partial_cmp_unwrap` is allowed here and finds nothing: remove what allows it\n";
    assert_eq!(project.audit(&[]).err, told);
    // Of one file nothing is known of the others.
    assert_eq!(project.audit(&["src/lib.rs"]).err, "");
}

#[test]
fn cargo_takes_the_tables_without_a_warning() {
    let project = with_table(
        "[package.metadata.inference-audit]\nallow = []\n[workspace]\n[workspace.metadata.inference-audit]\nallow = []",
    );
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--no-deps",
            "--format-version",
            "1",
        ])
        .current_dir(project.path(""))
        .output()
        .unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
