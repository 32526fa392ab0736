//! A project that begins with findings.

use std::fs;

use crate::project::{PITFALL, Project};

/// A project with one finding, which its baseline knows.
fn known() -> Project {
    let project = Project::with(PITFALL);
    let told = project.audit(&["--write-baseline", "audit.jsonl"]);
    assert_eq!((told.out.as_str(), told.code), ("", Some(0)));
    project
}

const AGAINST: [&str; 4] = ["--baseline", "audit.jsonl", "--deny", "all"];

#[test]
fn what_the_baseline_knows_is_not_told_wherever_it_has_moved_to() {
    let project = known();
    project.write("src/lib.rs", format!("// A comment.\n\n    {PITFALL}"));
    let told = project.audit(&AGAINST);
    assert_eq!((told.err.as_str(), told.code), ("", Some(0)));
    assert_eq!(told.out, "0 likely, 0 to look at, 1 known, in 2 files\n");
}

#[test]
fn a_second_one_of_the_same_line_is_new() {
    let project = known();
    project.write("src/lib.rs", PITFALL.repeat(2));
    let told = project.audit(&AGAINST);
    assert_eq!(told.code, Some(1));
    assert!(told.out.contains("src/lib.rs:2:57"), "{}", told.out);
    assert!(!told.out.contains("src/lib.rs:1:57"), "{}", told.out);
}

#[test]
fn what_is_gone_is_told() {
    let project = known();
    project.write("src/lib.rs", "pub fn f() {}\n");
    let told = project.audit(&AGAINST);
    assert_eq!(told.code, Some(0));
    let line = PITFALL.trim();
    let gone = format!(
        "warning: src/lib.rs: `nan::partial_cmp_unwrap` is gone: take `{line}` out of the baseline\n"
    );
    assert_eq!(told.err, gone);

    project.write("src/main.rs", "fn main() {}\n");
    assert_eq!(
        project
            .audit(&["--baseline", "audit.jsonl", "src/main.rs"])
            .err,
        ""
    );
    fs::remove_file(project.path("src/lib.rs")).unwrap();
    assert_eq!(project.audit(&AGAINST).err, gone);
}

#[test]
fn paths_are_told_from_the_folder_of_the_baseline() {
    let project = known();
    let written = project.read("audit.jsonl");
    assert!(written.contains("\"path\":\"src/lib.rs\""), "{written}");
    let mut command = project.command(&[".", "--baseline", "../audit.jsonl"]);
    command.current_dir(project.path("src"));
    let told = crate::project::told(command.output().unwrap());
    assert!(told.out.starts_with("0 likely"), "{told:?}");
}

#[test]
fn a_baseline_that_is_none_is_misuse_told_in_one_line() {
    let project = known();
    project.write("audit.jsonl", "\nnothing\n");
    let told = project.audit(&AGAINST);
    assert_eq!((told.out.as_str(), told.code), ("", Some(2)));
    assert!(
        told.err.starts_with("error: audit.jsonl:2: no baseline: "),
        "{}",
        told.err
    );
    let told = project.audit(&["--baseline", "other.jsonl"]);
    assert_eq!((told.out.as_str(), told.code), ("", Some(2)));
    assert!(
        told.err.starts_with("error: cannot read other.jsonl"),
        "{}",
        told.err
    );
}
