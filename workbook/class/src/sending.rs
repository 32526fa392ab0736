//! What a learner's workbook sends, and nothing else: a field more and the board refuses it.

use std::collections::BTreeMap;

use runner::problem_with_name;
use serde::{Deserialize, Serialize};

/// The latest verdicts of one learner, of some chapters or of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sending {
    /// What the learner chose to be called.
    pub name: String,
    /// A random number, 32 hexadecimal digits, by which the board tells two learners of one name apart.
    pub key: String,
    /// By chapter, `chNN-name`.
    pub chapters: BTreeMap<String, ChapterVerdict>,
}

/// The latest verdict on one chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChapterVerdict {
    /// Whether it compiles; if not, no check ran.
    pub compiles: bool,
    /// By check.
    pub checks: BTreeMap<String, State>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It ran and held.
    Passed,
    /// It ran and did not hold.
    Failed,
    /// It did not end in time.
    TimedOut,
    /// It is listed but did not run.
    DidNotRun,
}

impl State {
    /// As it is written in the database and in the CSV file.
    pub fn text(self) -> &'static str {
        match self {
            State::Passed => "passed",
            State::Failed => "failed",
            State::TimedOut => "timed-out",
            State::DidNotRun => "did-not-run",
        }
    }
}

/// Bytes of a request's body at the most. All chapters of this workbook take about 6 000.
pub const LARGEST: usize = 64 * 1024;

impl Sending {
    /// What is wrong with the name or the key, in one line. Chapters and checks are looked up in the
    /// outline, so that they need no bounds of their own.
    pub fn problem(&self) -> Option<String> {
        if let Some(problem) = problem_with_name(&self.name) {
            return Some(problem);
        }
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if self.key.len() != 32 || !self.key.bytes().all(is_hex) {
            return Some("a key has 32 hexadecimal digits".into());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_learner_s_side_sends_is_what_the_board_takes() {
        // The same file is what the server's test holds its own sending to.
        let sent = include_str!("../tests/sending.json");
        let sending: Sending = serde_json::from_str(sent).unwrap();
        assert_eq!(sending.problem(), None);
        assert_eq!(serde_json::to_string_pretty(&sending).unwrap() + "\n", sent);
    }

    #[test]
    fn a_message_or_code_that_is_sent_along_is_refused() {
        let sent = include_str!("../tests/sending.json");
        for (part, more) in [
            (
                "\"compiles\": true",
                "\"compiles\": true, \"code\": \"fn main() {}\"",
            ),
            ("\"name\"", "\"message\": \"panicked at\", \"name\""),
        ] {
            let sent = sent.replacen(part, more, 1);
            let refused = serde_json::from_str::<Sending>(&sent).unwrap_err();
            assert!(refused.to_string().contains("unknown field"), "{refused}");
        }
    }
}
