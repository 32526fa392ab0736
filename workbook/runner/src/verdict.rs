use serde::{Deserialize, Serialize};

use crate::Problem;

/// What one run of a chapter's checks showed.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// `chNN-name`.
    pub chapter: String,
    /// The chapter as its page is called; empty where its manifest could not be read.
    pub title: String,
    /// What was seen.
    pub outcome: Outcome,
    /// Where in the chapter the compiler sees errors and warnings, whether it compiles or not.
    pub problems: Vec<Problem>,
    /// From the start of cargo to the last check's end, in milliseconds.
    pub milliseconds: u128,
}

/// What was seen in a run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Outcome {
    /// Every listed check, in order; and the compiler's warnings.
    Ran {
        /// One entry for every check that `chapter.toml` lists.
        checks: Vec<CheckResult>,
        /// As rustc renders them.
        warnings: Vec<String>,
    },
    /// The compiler's errors as rustc renders them.
    DoesNotCompile {
        /// First one first.
        errors: Vec<String>,
    },
    /// The workbook's own input is wrong, not the learner's answer.
    Error {
        /// One line: what, where, what to do.
        message: String,
    },
}

/// What one check showed.
#[derive(Debug, Clone, Serialize)]
pub struct CheckResult {
    /// The test function.
    pub name: String,
    /// The same as a sentence.
    pub sentence: String,
    /// How it ended.
    pub state: CheckState,
    /// Why it did not pass; empty if it did.
    pub message: String,
    /// `file:line` where it failed, from the workbook's folder.
    pub at: Option<String>,
    /// What it tests.
    pub promises: Vec<Promise>,
    /// The promise that the failure is about, if the check says it: one of those, or another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken: Option<Promise>,
    /// The steps that led to the failure, where the check records them: lanes, steps and who waits for whom, as
    /// `checks::Trace` writes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<serde_json::Value>,
}

/// A promise of an exercise, as its README says it.
#[derive(Debug, Clone, Serialize)]
pub struct Promise {
    /// Counted from 1.
    pub number: usize,
    /// One or two sentences.
    pub text: String,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// It ran and held.
    Passed,
    /// It ran and did not hold.
    Failed,
    /// It did not end in time; its processes were ended.
    TimedOut,
    /// It is listed but did not run. Never counted as passed.
    DidNotRun,
}

impl CheckState {
    /// As it is written in JSON, in a database, in a table.
    pub fn as_str(self) -> &'static str {
        match self {
            CheckState::Passed => "passed",
            CheckState::Failed => "failed",
            CheckState::TimedOut => "timed-out",
            CheckState::DidNotRun => "did-not-run",
        }
    }
}

impl Verdict {
    /// A verdict that only says what is wrong with the workbook's input.
    pub fn error(chapter: &str, title: &str, error: &anyhow::Error) -> Verdict {
        Verdict {
            chapter: chapter.to_owned(),
            title: title.to_owned(),
            outcome: Outcome::Error {
                message: format!("{error:#}"),
            },
            problems: Vec::new(),
            milliseconds: 0,
        }
    }

    /// Whether every listed check ran and passed.
    pub fn passes(&self) -> bool {
        self.checks()
            .is_some_and(|checks| checks.iter().all(CheckResult::passed))
    }

    /// The checks' results, if the chapter compiled.
    pub fn checks(&self) -> Option<&[CheckResult]> {
        match &self.outcome {
            Outcome::Ran { checks, .. } => Some(checks),
            _ => None,
        }
    }
}

impl CheckResult {
    /// Whether the check ran and held.
    pub fn passed(&self) -> bool {
        self.state == CheckState::Passed
    }

    /// What the failure is about: one promise, if the check says which, or else all that it tests.
    pub fn broken_promises(&self) -> &[Promise] {
        match &self.broken {
            Some(broken) => std::slice::from_ref(broken),
            None => &self.promises,
        }
    }
}
