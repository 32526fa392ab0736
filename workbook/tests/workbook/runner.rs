//! What a run of checks makes of answers that are right, wrong, broken, or never end.

use crate::fixture::{CHECKS, Fixture, RIGHT_ANSWER, WRONG_ANSWER, has_ended, wait_until};
use runner::{CheckState, Outcome, one_line, text};

#[test]
fn a_right_answer_passes() {
    let verdict = Fixture::new().verdict_on(RIGHT_ANSWER);
    assert!(verdict.passes(), "{verdict:#?}");
    assert_eq!(one_line(&verdict), "passes");
}

#[test]
fn a_wrong_answer_is_told_with_its_message_and_place_first() {
    let verdict = Fixture::new().verdict_on(WRONG_ANSWER);
    assert_eq!(one_line(&verdict), "1 of 2 checks pass");
    let told = text(&verdict);
    assert!(told.starts_with("✗ the answer is right\n"), "{told}");
    assert!(told.contains("the answer must be 42"), "{told}");
    assert!(
        told.contains("at exercises/ch01-first/src/check.rs:9"),
        "{told}"
    );
    assert!(told.ends_with("✓ there is an answer\n"), "{told}");
}

#[test]
fn an_answer_that_does_not_compile_is_told_in_rustc_s_words() {
    let verdict = Fixture::new().verdict_on("pub fn answer() -> u32 { \"42\" }\n");
    let Outcome::DoesNotCompile { errors } = &verdict.outcome else {
        panic!("{verdict:#?}")
    };
    assert!(errors[0].contains("mismatched types"), "{}", errors[0]);
    assert!(
        errors[0].contains("exercises/ch01-first/src/lib.rs:1"),
        "{}",
        errors[0]
    );
}

#[test]
fn an_answer_that_never_ends_is_stopped_and_hides_no_other_check() {
    let code = RIGHT_ANSWER.replace("    42", "    #[allow(clippy::empty_loop)]\n    loop {}");
    let fixture = Fixture::new();
    fixture.write(
        "exercises/ch01-first/src/check.rs",
        &CHECKS.replace("let _ = super::answer();", ""),
    );
    let verdict = fixture.verdict_on(&code);
    let checks = verdict.checks().unwrap();
    assert_eq!(checks[0].state, CheckState::Passed);
    assert_eq!(checks[1].state, CheckState::TimedOut);
    assert_eq!(one_line(&verdict), "1 of 2 checks pass, timed out");
}

#[test]
fn an_answer_that_prints_without_end_is_stopped_too() {
    let code = RIGHT_ANSWER.replace("    42", "    loop {\n        println!(\"42\");\n    }");
    let verdict = Fixture::new().verdict_on(&code);
    assert_eq!(verdict.checks().unwrap()[0].state, CheckState::TimedOut);
}

#[cfg(target_os = "linux")]
#[test]
fn the_processes_that_a_stopped_check_started_are_ended_with_it() {
    let code = r#"
pub fn answer() -> u32 {
    let child = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    std::fs::write("child.pid", child.id().to_string()).unwrap();
    loop {
        std::thread::park();
    }
}

#[cfg(test)]
mod check;
"#;
    let fixture = Fixture::new();
    let verdict = fixture.verdict_on(code);
    assert_eq!(verdict.checks().unwrap()[1].state, CheckState::TimedOut);
    let child = fixture.read("exercises/ch01-first/child.pid");
    wait_until("the child's end", || has_ended(&child));
}

#[test]
fn a_check_that_did_not_run_is_no_pass() {
    let verdict = Fixture::new().verdict_on("pub fn answer() -> u32 {\n    42\n}\n");
    assert!(!verdict.passes());
    let check = &verdict.checks().unwrap()[0];
    assert_eq!(check.state, CheckState::DidNotRun);
    assert!(
        check.message.contains("keep `#[cfg(test)] mod check;`"),
        "{}",
        check.message
    );
}

#[test]
fn an_answer_that_ends_the_process_is_no_pass() {
    for way_out in ["std::process::exit(0)", "std::process::abort()"] {
        let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", way_out));
        let check = &verdict.checks().unwrap()[0];
        assert_eq!(check.state, CheckState::Failed, "{way_out}");
        assert!(
            check.message.contains("ended without a verdict"),
            "{way_out}: {}",
            check.message
        );
    }
}

#[test]
fn a_panic_in_the_answer_is_told_with_its_place_in_the_answer() {
    let verdict = Fixture::new().verdict_on(&RIGHT_ANSWER.replace("    42", "    todo!()"));
    let check = &verdict.checks().unwrap()[0];
    assert_eq!(check.message, "not yet implemented");
    assert_eq!(
        check.at.as_deref(),
        Some("exercises/ch01-first/src/lib.rs:2")
    );
}

#[test]
fn an_exercise_that_is_missing_or_not_utf_8_says_how_to_get_it_back() {
    let fixture = Fixture::new();
    let exercise = fixture.path("exercises/ch01-first/src/lib.rs");
    let message = || {
        let (out, _, code) = fixture.workbook(&["check", "ch01"]);
        assert_eq!(code, Some(2));
        out
    };
    std::fs::write(&exercise, b"// caf\xe9\n").unwrap();
    assert!(
        message().contains(
            "src/lib.rs is not UTF-8 text: save it as UTF-8; `cargo workbook reset ch01`"
        )
    );
    std::fs::remove_file(&exercise).unwrap();
    assert!(message().contains(
        "src/lib.rs is missing; `cargo workbook reset ch01` brings the shipped text back"
    ));
}
