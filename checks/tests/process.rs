//! What a check leaves for the program that runs it, which only a process of its own can show.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

checks::earned!();

/// Fails only when the tests below ask for it.
#[test]
#[ignore = "the subject of another test"]
fn fails_with_one_step() {
    let record = checks::Record::new();
    record.step("model", "runs");
    record.failure("s", "e", "w").of_promise(3).raise();
}

fn run_again(test: &str, file: &str, variable: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
    let _ = fs::remove_file(&file);
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--include-ignored"])
        .env_remove("CHECK_EARNED")
        .env_remove("CHECK_TRACE")
        .env_remove("CHECK_PROMISE")
        .env("CHECK_NONCE", "7f3a")
        .env(variable, &file)
        .output()
        .unwrap();
    file
}

#[test]
fn a_run_to_the_end_is_shown_by_the_nonce() {
    let file = run_again("zz_earned", "earned", "CHECK_EARNED");
    assert_eq!(fs::read_to_string(file).unwrap(), "7f3a");
}

#[test]
fn nothing_is_written_where_nobody_asks_for_it() {
    let file = run_again("zz_earned", "not-earned", "CHECK_OTHER");
    assert!(!file.exists());
}

#[test]
fn the_steps_of_a_failure_are_written_as_json() {
    let file = run_again("fails_with_one_step", "trace.json", "CHECK_TRACE");
    assert_eq!(
        fs::read_to_string(file).unwrap(),
        r#"{"lanes":["model"],"steps":[{"lane":"model","what":"runs"}],"waits":[]}"#
    );
}

#[test]
fn the_promise_that_a_failure_is_about_is_written_as_its_number() {
    let file = run_again("fails_with_one_step", "promise", "CHECK_PROMISE");
    assert_eq!(fs::read_to_string(file).unwrap(), "3");
}
