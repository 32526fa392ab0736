use std::{env, fmt, fs};

use crate::Trace;

/// A promise that was not kept, told so that it teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was observed: `client 1 got no reply in 5000 ms`.
    pub seen: String,
    /// What the promise says: `its own reply within 27 ms`.
    pub expected: String,
    /// Why it matters, in a sentence.
    pub why: String,
    /// The number of the promise in the exercise's README, where a check tests several.
    pub promise: Option<usize>,
    /// Who did what until then. Boxed, so that a `Result` with a failure stays small.
    pub trace: Box<Trace>,
}

impl Failure {
    /// A failure that shows no steps.
    pub fn new(
        seen: impl Into<String>,
        expected: impl Into<String>,
        why: impl Into<String>,
    ) -> Failure {
        Failure {
            seen: seen.into(),
            expected: expected.into(),
            why: why.into(),
            promise: None,
            trace: Box::default(),
        }
    }

    /// The same with the steps of `trace`.
    #[must_use]
    pub fn with_trace(self, trace: Trace) -> Failure {
        Failure {
            trace: Box::new(trace),
            ..self
        }
    }

    /// The same, of the promise with this number.
    #[must_use]
    pub fn of_promise(self, number: usize) -> Failure {
        Failure {
            promise: Some(number),
            ..self
        }
    }

    /// Fails the check with this. If there are steps, they are also written as JSON to the file that the environment
    /// variable `CHECK_TRACE` names, if it is set; and the number of the promise to the one that `CHECK_PROMISE` names.
    #[track_caller]
    pub fn raise(self) -> ! {
        self.trace.write();
        if let Some(number) = self.promise {
            write_promise(number);
        }
        panic!("{self}");
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            seen,
            expected,
            why,
            trace,
            promise: _,
        } = self;
        write!(f, "{seen}\nexpected: {expected}\n{why}")?;
        if !trace.steps.is_empty() {
            write!(f, "\n\n{trace}")?;
        }
        Ok(())
    }
}

/// Writes the number of a broken promise to the file that the environment variable `CHECK_PROMISE` names, if it is set. A file
/// that cannot be written is told on stderr: the failure of the check matters more.
pub fn write_promise(number: usize) {
    if let Some(file) = env::var_os("CHECK_PROMISE")
        && let Err(error) = fs::write(&file, number.to_string())
    {
        eprintln!("CHECK_PROMISE={}: {error}", file.display());
    }
}

/// Fails a check that records no steps: what was seen, what was expected, why it matters.
#[track_caller]
pub fn fail(seen: impl Into<String>, expected: impl Into<String>, why: impl Into<String>) -> ! {
    Failure::new(seen, expected, why).raise()
}
