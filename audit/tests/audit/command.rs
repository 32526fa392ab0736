//! What is printed, and the exit codes.

use std::process::Stdio;

use snapbox::{assert_data_eq, str};

use crate::project::{PITFALL, Project, page, told};

#[test]
fn a_finding_is_told_as_rustc_tells_an_error_with_why_it_matters_and_where_the_book_tells_of_it() {
    let project = Project::with(PITFALL);
    let told = project.audit(&[]);
    assert_data_eq!(
        told.out,
        str![[r#"
likely[nan::partial_cmp_unwrap]: A comparison of scores panics at the first NaN.
 --> src/lib.rs:1:57
  |
1 | pub fn rank(scores: &mut [f32]) { scores.sort_by(|a, b| a.partial_cmp(b).unwrap()); }
  |                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^ panics where one side is NaN
  |
  = why: One vector without a direction, or one overflow in the model, and every query that meets it ends in a panic.
  = book: ch10-nan.html#[..]

1 likely, 0 to look at, in 2 files

"#]]
    );
    assert_eq!((told.err.as_str(), told.code), ("", Some(0)));
}

#[test]
fn places_of_one_rule_stand_together_with_one_reason() {
    let project = Project::with(PITFALL);
    project.write("src/search.rs", format!("\n\n{PITFALL}"));
    let out = project.audit(&[]).out;
    assert_eq!(out.matches("= why:").count(), 1, "{out}");
    assert!(out.contains("src/lib.rs:1:57"), "{out}");
    assert!(out.contains("src/search.rs:3:57"), "{out}");
    assert!(
        out.ends_with("2 likely, 0 to look at, in 3 files\n"),
        "{out}"
    );
}

#[test]
fn colours_go_to_a_terminal_alone() {
    let project = Project::with(PITFALL);
    assert!(!project.audit(&[]).out.contains('\x1b'));
    let mut forced = project.command(&[]);
    forced.env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
    assert!(told(forced.output().unwrap()).out.contains("\x1b["));
}

#[test]
fn a_link_begins_with_the_address_of_the_book() {
    let project = Project::with(PITFALL);
    for book in ["https://example.org/book", "https://example.org/book/"] {
        let out = project.audit(&["--book", book]).out;
        let link = format!("https://example.org/book/{}\n", page());
        assert!(out.contains(&link), "{out}");
    }
}

#[test]
fn a_denied_finding_makes_the_exit_code_1() {
    let project = Project::with(PITFALL);
    for what in ["likely", "all", "nan::partial_cmp_unwrap"] {
        let told = project.audit(&["--deny", what]);
        assert_eq!(told.code, Some(1), "{what}: {told:?}");
    }
    let clean = Project::with("pub fn f() {}\n");
    assert_eq!(clean.audit(&["--deny", "all"]).code, Some(0));
}

#[test]
fn of_a_wrong_id_one_line_tells_the_nearest() {
    let project = Project::with(PITFALL);
    for option in ["--deny", "--explain"] {
        let told = project.audit(&[option, "nan::partial_cmp_unwarp"]);
        assert_eq!((told.out.as_str(), told.code), ("", Some(2)));
        assert_eq!(told.err.lines().count(), 1, "{}", told.err);
        let nearest =
            "no rule is called `nan::partial_cmp_unwarp`: `nan::partial_cmp_unwrap` is the nearest";
        assert!(told.err.contains(nearest), "{}", told.err);
    }
}

#[test]
fn a_wrong_option_is_told_in_one_line() {
    let told = Project::with(PITFALL).audit(&["--fromat", "json"]);
    assert_eq!((told.out.as_str(), told.code), ("", Some(2)));
    assert_eq!(told.err.lines().count(), 1, "{}", told.err);
    assert!(told.err.contains("--format"), "{}", told.err);
}

#[test]
fn cargo_may_name_the_command_again() {
    let project = Project::with(PITFALL);
    assert_eq!(
        project.found(&[]),
        project
            .audit(&["inference-audit", "--format", "json"])
            .found()
    );
}

#[test]
fn list_names_every_rule_and_explain_tells_one() {
    let project = Project::empty();
    let list = project.audit(&["--list"]);
    assert_eq!(list.code, Some(0));
    for line in list.out.lines() {
        let id = line.split(' ').next().unwrap();
        let told = project.audit(&["--explain", id]);
        assert!(told.out.starts_with(&format!("{id} (")), "{told:?}");
        assert!(told.out.contains(".html#"), "{told:?}");
    }
    assert!(
        list.out
            .lines()
            .any(|line| line.starts_with("nan::partial_cmp_unwrap "))
    );
}

#[cfg(unix)]
#[test]
fn where_nobody_reads_any_more_it_ends_without_a_word() {
    let project = Project::with(&PITFALL.repeat(3_000));
    for format in ["text", "json", "sarif"] {
        let mut child = project
            .command(&["--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let told = told(child.wait_with_output().unwrap());
        assert_eq!((told.err.as_str(), told.code), ("", Some(141)), "{format}");
    }
}
