use common::sending::ChapterVerdict;
use runner::{Outcome, Verdict, one_line};

/// What the board is sent of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub verdict: ChapterVerdict,
    /// For the learner's own terminal.
    pub line: String,
}

impl Report {
    /// Of a verdict the names of its checks and how they ended. None, if it is not about the learner's work.
    pub fn of(verdict: &Verdict) -> Option<Report> {
        let (compiles, checks): (bool, &[_]) = match &verdict.outcome {
            Outcome::Ran { checks, .. } => (true, checks),
            Outcome::DoesNotCompile { .. } => (false, &[]),
            Outcome::Error { .. } => return None,
        };
        let checks = checks
            .iter()
            .map(|check| (check.name.clone(), check.state))
            .collect();
        Some(Report {
            verdict: ChapterVerdict { compiles, checks },
            line: one_line(verdict),
        })
    }
}
