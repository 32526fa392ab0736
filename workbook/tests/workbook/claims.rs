//! A claim that does not hold is told with the file, and what to do: `claims` runs each on the workbook's own chapters.

use runner::Verdict;

use crate::examined::{checks, passes};
use crate::fixture::{Fixture, RIGHT_ANSWER, WRONG_ANSWER};

const FILE: &str = "solutions/ch01-first/src/lib.rs";

fn verdict_on(answer: &str) -> Verdict {
    Fixture::new().verdict_on(answer)
}

#[test]
fn a_text_with_a_warning_is_named_with_what_the_compiler_says() {
    let unused = WRONG_ANSWER.replace("    41", "    let unused = 41;\n    41");
    let said = checks(&verdict_on(&unused), FILE).unwrap_err();
    assert!(
        said.starts_with(&format!("{FILE}: mend what the compiler warns of")),
        "{said}"
    );
    assert!(
        said.contains("\nwarning: unused variable: `unused`\n --> "),
        "{said}"
    );
}

#[test]
fn a_text_that_does_not_compile_is_named_with_its_first_error() {
    let said = checks(&verdict_on("pub fn answer() -> u32 {"), FILE).unwrap_err();
    assert!(said.starts_with(&format!("{FILE}: mend it, or")), "{said}");
    assert!(
        said.contains("this file contains an unclosed delimiter"),
        "{said}"
    );
}

#[test]
fn a_solution_that_does_not_pass_is_named_with_the_check() {
    let said = passes(&verdict_on(WRONG_ANSWER), FILE).unwrap_err();
    assert!(
        said.starts_with(&format!("{FILE}: mend the solution, or the check")),
        "{said}"
    );
    assert!(said.contains("\n✗ the answer is right\n"), "{said}");
    assert!(said.contains("the answer must be 42"), "{said}");
    passes(&verdict_on(RIGHT_ANSWER), FILE).unwrap();
}
