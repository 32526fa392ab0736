//! Texts that hold only what they change, and answers that stand beside an exercise.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use runner::{Limits, Variant, run_variant};

use crate::fixture::{CHECKS, Fixture, RIGHT_ANSWER, WRONG_ANSWER};

/// A workbook whose first chapter has a solution with a section, and checks that panic in the answer's own code.
fn fixture() -> Fixture {
    let fixture = Fixture::new();
    let with_section = |answer: &str| {
        let (code, checks) = answer.split_once("\n#[cfg(test)]").unwrap();
        format!("// ANCHOR: answer\n{code}// ANCHOR_END: answer\n\n#[cfg(test)]{checks}")
    };
    fixture.write(
        "solutions/ch01-first/src/lib.rs",
        &with_section(RIGHT_ANSWER),
    );
    fixture.write(
        "exercises/ch01-first/shipped.rs",
        &with_section(WRONG_ANSWER),
    );
    fixture
}

const PANICS: &str = "\
// breaks 2: it gives up

// ANCHOR: answer
pub fn answer() -> u32 {
    panic!(\"the answer is not known\")
}
// ANCHOR_END: answer
";

#[test]
fn a_panic_in_a_section_names_the_file_that_holds_the_section() {
    let fixture = fixture();
    fixture.write("exercises/ch01-first/answers/wrong/panics.rs", PANICS);
    let (out, _, code) = fixture.workbook(&["check", "ch01", "--with", "answers/wrong/panics.rs"]);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("at exercises/ch01-first/answers/wrong/panics.rs:5\n"),
        "{out}"
    );
}

#[test]
fn a_section_that_does_not_compile_names_a_file_that_exists() {
    let fixture = fixture();
    let broken = PANICS.replace("panic!(\"the answer is not known\")", "\"42\"");
    fixture.write("exercises/ch01-first/answers/wrong/text.rs", &broken);
    let (out, _, _) = fixture.workbook(&["check", "ch01", "--with", "answers/wrong/text.rs"]);
    let place = out.split_once("--> ").unwrap().1.lines().next().unwrap();
    let (file, line) = place.split_once(':').unwrap();
    let line: usize = line.split(':').next().unwrap().parse().unwrap();
    let text = fixture.read(file);
    assert_eq!(text.lines().nth(line - 1), Some("    \"42\""), "{out}");
}

#[test]
fn a_problem_in_a_section_names_the_file_that_holds_the_section() {
    let fixture = fixture();
    let broken = PANICS.replace("panic!(\"the answer is not known\")", "\"42\"");
    fixture.write("exercises/ch01-first/answers/wrong/text.rs", &broken);
    let root = fixture.root();
    let variant = Variant {
        chapter: root.chapter("ch01-first").unwrap(),
        text: fixture.path("exercises/ch01-first/answers/wrong/text.rs"),
    };
    let verdict = run_variant(&root, &variant, Limits::default(), None);
    let problem = &verdict.problems[0];
    assert_eq!(
        (&*problem.file, problem.line, problem.end_line),
        ("exercises/ch01-first/answers/wrong/text.rs", 5, 5)
    );
}

#[test]
fn show_prints_the_whole_text_or_its_difference() {
    let fixture = fixture();
    fixture.write("exercises/ch01-first/answers/wrong/panics.rs", PANICS);
    let show = ["show", "ch01", "answers/wrong/panics.rs"];
    let (whole, _, _) = fixture.workbook(&show);
    assert!(whole.contains("panic!(\"the answer"), "{whole}");
    assert!(whole.ends_with("#[cfg(test)]\nmod check;\n"), "{whole}");
    let (difference, _, _) = fixture.workbook(&[&show[..], &["--diff"]].concat());
    assert!(
        difference.starts_with("--- solutions/ch01-first/src/lib.rs\n+++ exercises/ch01-first/answers/wrong/panics.rs\n"),
        "{difference}"
    );
    assert!(difference.contains("-    42\n+    panic!"), "{difference}");
    assert!(!difference.contains("ANCHOR"), "{difference}");
}

#[test]
fn answers_tells_each_verdict_that_is_not_as_told() {
    let fixture = fixture();
    let answer = |file: &str, head: &str, code: &str| {
        let text = format!("{head}\n// ANCHOR: answer\n{code}\n// ANCHOR_END: answer\n");
        fixture.write(&format!("exercises/ch01-first/answers/{file}"), &text);
    };
    answer(
        "right/by_hand.rs",
        "// keeps all: counted by hand",
        "pub fn answer() -> u32 {\n    40 + 2\n}",
    );
    answer(
        "wrong/less.rs",
        "// breaks 2: one less",
        "pub fn answer() -> u32 {\n    41\n}",
    );
    let answers = ["answers", "ch01"];
    let (out, _, code) = fixture.workbook(&answers);
    assert_eq!(
        (out.as_str(), code),
        (
            "ch01-first  1 right and 1 wrong answers, 0 judged otherwise\n",
            Some(0)
        )
    );

    answer(
        "right/more.rs",
        "// keeps all: one more",
        "pub fn answer() -> u32 {\n    43\n}",
    );
    answer(
        "wrong/same.rs",
        "// breaks 1: none at all",
        "pub fn answer() -> u32 {\n    6 * 7\n}",
    );
    let (out, _, code) = fixture.workbook(&answers);
    assert_eq!(code, Some(1));
    for told in [
        "2 right and 2 wrong answers, 2 judged otherwise\n",
        "answers/right/more.rs keeps all promises: refused by `the_answer_is_right`",
        "answers/wrong/same.rs breaks [1]: passes\n",
    ] {
        assert!(out.contains(told), "{out}");
    }
}

#[test]
fn an_answer_that_is_neither_right_nor_wrong_is_refused() {
    let fixture = fixture();
    fixture.write("exercises/ch01-first/answers/a.rs", PANICS);
    let (_, err, code) = fixture.workbook(&["answers", "ch01"]);
    assert_eq!(code, Some(2));
    assert_eq!(
        err,
        "exercises/ch01-first/answers/a.rs: an answer stands in answers/right or in answers/wrong\n"
    );
}

#[test]
fn an_answer_says_in_its_first_line_what_is_expected() {
    let fixture = fixture();
    fixture.write("exercises/ch01-first/answers/right/a.rs", CHECKS);
    let (_, err, code) = fixture.workbook(&["answers", "ch01"]);
    assert_eq!(code, Some(2));
    assert!(
        err.starts_with(
            "exercises/ch01-first/answers/right/a.rs:1: begin with `// keeps all: why`"
        ),
        "{err}"
    );
}

#[test]
fn two_who_try_the_answers_of_one_chapter_take_turns() {
    let fixture = fixture();
    fixture.write("exercises/ch01-first/answers/wrong/panics.rs", PANICS);
    let lock = "target/variants/ch01-first--answers.lock";
    fixture.write(lock, "");
    let other = File::open(fixture.path(lock)).unwrap();
    other.lock().unwrap();
    let mut command = fixture.command(&["answers", "ch01"]);
    let mut waiting = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut err = BufReader::new(waiting.stderr.take().unwrap());
    err.read_line(&mut said).unwrap();
    assert_eq!(
        said,
        "waits for another `cargo workbook answers` on ch01-first\n"
    );
    drop(other);
    let ended = waiting.wait_with_output().unwrap();
    let out = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(
        out,
        "ch01-first  0 right and 1 wrong answers, 0 judged otherwise\n"
    );
}
