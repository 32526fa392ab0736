//! A `chapter.toml` that is wrong is told with file and line, and what to do.

use crate::fixture::{CHECKS, Fixture, MANIFEST};

const TOML: &str = "exercises/ch01-first/chapter.toml";

/// What the reader says to a changed `chapter.toml`.
fn said_of(manifest: &str) -> String {
    let fixture = Fixture::new();
    fixture.write(TOML, manifest);
    fixture
        .root()
        .chapter("ch01-first")
        .unwrap_err()
        .to_string()
}

fn said_when(from: &str, to: &str) -> String {
    assert!(MANIFEST.contains(from), "{from}");
    said_of(&MANIFEST.replacen(from, to, 1))
}

#[track_caller]
fn says(said: &str, expected: &str) {
    assert!(
        said.contains(expected),
        "said: {said}\nexpected: {expected}"
    );
    assert_eq!(said.lines().count(), 1, "one line, not: {said}");
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    says(
        &said_when("hints =", "hint = []\nhints ="),
        "chapter.toml:9: unknown field `hint`",
    );
    says(
        &said_when("shipped = \"passes\"", "ships = 1"),
        "chapter.toml:13: unknown field `ships`",
    );
}

#[test]
fn a_missing_key_or_a_wrong_value_is_named() {
    says(
        &said_when("title =", "#"),
        "missing field `title`: exercises/ch01-precision/chapter.toml shows each key",
    );
    says(
        &said_when("\"passes\"", "\"maybe\""),
        "chapter.toml:13: unknown variant `maybe`",
    );
    says(&said_of("title = "), "chapter.toml:1:");
}

#[test]
fn a_chapter_has_three_hints_no_fewer_and_no_more() {
    let what = "write three: where to look, what is wrong, almost the code";
    says(
        &said_when(", \"write 42\"", ""),
        &format!("chapter.toml:9: 2 hints: {what}"),
    );
    says(
        &said_when("\"write 42\"", "\"write 42\", \"the code\""),
        &format!("chapter.toml:9: 4 hints: {what}"),
    );
}

#[test]
fn a_check_that_is_not_in_the_code_is_named_with_its_line() {
    says(
        &said_when("there_is_an_answer", "there_is_a_question"),
        "chapter.toml:12: check `there_is_a_question` is not in exercises/ch01-first/src/check.rs",
    );
}

#[test]
fn a_check_that_is_not_listed_is_named_with_its_line_in_the_code() {
    let fixture = Fixture::new();
    let more = format!("{CHECKS}\n#[test]\nfn nobody_lists_me() {{}}\n");
    fixture.write("exercises/ch01-first/src/check.rs", &more);
    let said = fixture
        .root()
        .chapter("ch01-first")
        .unwrap_err()
        .to_string();
    says(
        &said,
        "src/check.rs:21: check `nobody_lists_me` is not listed in exercises/ch01-first/chapter.toml",
    );
}

#[test]
fn a_check_listed_twice_is_refused() {
    says(
        &said_when(
            "[[check]]",
            "[[check]]\nname = \"the_answer_is_right\"\nshipped = \"passes\"\n[[check]]",
        ),
        "`the_answer_is_right` is listed twice",
    );
}

#[test]
fn a_description_that_no_search_engine_shows_whole_is_refused() {
    says(
        &said_when(
            "A question that has one answer, and a check that knows it.",
            "Short.",
        ),
        "chapter.toml:5: a description of 6 characters: write 40 to 160",
    );
}

#[test]
fn a_short_goal_is_made_of_checks() {
    says(
        &said_when("[\"the_answer_is_right\"]", "[\"to_be_quick\"]"),
        "chapter.toml:8: `to_be_quick` is no check of this chapter",
    );
    says(
        &said_when("[\"the_answer_is_right\"]", "[]"),
        "`short_goal` is empty: write one at least",
    );
}

#[test]
fn wrong_fixes_are_those_of_the_folder() {
    let wrong = "\n[[wrong]]\nfile = \"a.rs\"\nfails = [\"the_answer_is_right\"]\nwhy = \"-\"\n";
    says(
        &said_of(&format!("{MANIFEST}{wrong}")),
        "chapter.toml:22: there is no wrong/a.rs",
    );

    let fixture = Fixture::new();
    fixture.write("exercises/ch01-first/wrong/b.rs", "");
    let said = fixture
        .root()
        .chapter("ch01-first")
        .unwrap_err()
        .to_string();
    says(
        &said,
        "wrong/b.rs: not listed in exercises/ch01-first/chapter.toml",
    );
}

#[test]
fn a_check_names_the_promises_that_it_tests() {
    says(
        &said_when("promises = [1]", ""),
        "chapter.toml:12: `there_is_an_answer` tests no promise: name one with `promises = [..]`",
    );
    says(
        &said_when("promises = [2]", "promises = [2, 3]"),
        "chapter.toml:19: `the_answer_is_right` tests promise 3, and README.md has 2 promises",
    );
}

#[test]
fn a_promise_without_a_check_is_told() {
    says(
        &said_when("promises = [2]", "promises = [1]"),
        "chapter.toml: no check tests promise 2 of README.md: The answer is 42.",
    );
}

#[test]
fn a_broken_chapter_hides_no_other_verdict() {
    let fixture = Fixture::new();
    fixture.write(TOML, "title = ");
    let (out, _, code) = fixture.workbook(&["check"]);
    assert_eq!(code, Some(2));
    assert!(
        out.contains("ch01-first   exercises/ch01-first/chapter.toml:1:"),
        "{out}"
    );
    assert!(out.contains("ch02-second  1 of 2 checks pass"), "{out}");
}
