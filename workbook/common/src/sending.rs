//! What a learner's workbook sends, and nothing else: a field more and the board refuses it.

use std::collections::BTreeMap;

use runner::CheckState;
use serde::{Deserialize, Serialize};

use crate::name::problem_with_name;

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
    pub checks: BTreeMap<String, CheckState>,
}

/// What the board answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Chapters and checks that this board does not know.
    pub unknown: usize,
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
    fn what_is_sent_is_names_and_states() {
        let sent = include_str!("sending.json");
        let sending: Sending = serde_json::from_str(sent).unwrap();
        assert_eq!(sending.problem(), None);
        assert_eq!(serde_json::to_string_pretty(&sending).unwrap() + "\n", sent);
    }

    #[test]
    fn a_message_or_code_that_is_sent_along_is_refused() {
        let sent = include_str!("sending.json");
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
