//! What a rule is.

use std::fmt;

use serde::Serialize;

use crate::finding::FindingsOf;
use crate::manifest::Manifest;
use crate::rules::{CHAPTERS, RULES};
use crate::source::Source;

/// One pitfall that syntax shows.
pub struct Rule {
    /// `padding::mask_made_up`: the pitfall, which is the name of its chapter, and what of it was found.
    pub id: &'static str,
    /// The part of the chapter's page that tells of it, as `wrong-fixes`.
    pub part: &'static str,
    /// What it found, as one sentence.
    pub finds: &'static str,
    /// Why that matters, as one sentence.
    pub why: &'static str,
    /// How often a finding is one.
    pub confidence: Confidence,
    /// How it looks for it.
    pub check: Check,
}

impl Rule {
    /// The rule with this id.
    ///
    /// # Errors
    /// One line that names the nearest id.
    pub fn called(id: &str) -> Result<&'static Rule, String> {
        if let Some(rule) = RULES.iter().find(|rule| rule.id == id) {
            return Ok(rule);
        }
        let likeness = |rule: &&&Rule| (strsim::jaro_winkler(rule.id, id) * 1e6) as u32;
        let nearest = RULES.iter().max_by_key(likeness).expect("there are rules");
        Err(format!(
            "no rule is called `{id}`: `{}` is the nearest",
            nearest.id
        ))
    }

    /// Where the book tells of it, below the folder that the book is served from: `ch09-padding.html#wrong-fixes`.
    pub fn page(&self) -> String {
        format!("{}.html#{}", self.chapter(), self.part)
    }

    /// `padding`, of `padding::mask_made_up`.
    pub fn pitfall(&self) -> &'static str {
        self.id
            .split_once("::")
            .map_or(self.id, |(pitfall, _)| pitfall)
    }

    /// `ch09-padding`, of `padding::mask_made_up`.
    pub fn chapter(&self) -> &'static str {
        CHAPTERS
            .iter()
            .find(|(pitfall, _)| *pitfall == self.pitfall())
            .map(|(_, chapter)| *chapter)
            .expect("a rule stands below its pitfall")
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// How often a finding of a rule is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Worth a look: whether it is a bug depends on what syntax does not show.
    LookHere,
    /// A bug more often than not.
    Likely,
}

impl Confidence {
    /// In words: `look here`, `likely`.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::LookHere => "look here",
            Confidence::Likely => "likely",
        }
    }
}

/// What a rule reads.
#[derive(Clone, Copy)]
pub enum Check {
    /// A file of Rust.
    Code(fn(&Source, &mut FindingsOf)),
    /// A Cargo.toml.
    Manifest(fn(&Manifest, &mut FindingsOf)),
}
