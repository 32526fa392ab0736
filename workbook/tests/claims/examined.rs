//! What is said of a text of a chapter that could not be examined.

use runner::{CheckResult, Outcome, Verdict, first_failure};

/// The checks that ran on `file`, which must compile without a warning. Otherwise what is to be mended there.
pub fn checks(verdict: &Verdict, file: &str) -> Result<Vec<CheckResult>, String> {
    match &verdict.outcome {
        Outcome::Ran { checks, warnings } if warnings.is_empty() => Ok(checks.clone()),
        Outcome::Ran { warnings, .. } => Err(format!(
            "{file}: mend what the compiler warns of: a learner would see it first\n\n{}",
            warnings.join("\n")
        )),
        Outcome::DoesNotCompile { .. } => Err(format!(
            "{file}: mend it, or what it is compiled with\n{}",
            first_failure(verdict, &runner::PLAIN)
        )),
        Outcome::Error { message } => Err(message.clone()),
    }
}

/// Nothing if the solution in `file` passes every check. Otherwise the first one that it does not pass, in full.
pub fn passes(verdict: &Verdict, file: &str) -> Result<(), String> {
    checks(verdict, file)?;
    if verdict.passes() {
        return Ok(());
    }
    Err(format!(
        "{file}: mend the solution, or the check that it does not pass\n{}",
        first_failure(verdict, &runner::PLAIN)
    ))
}
