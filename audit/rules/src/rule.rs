//! What a rule is.

use serde::Serialize;

use crate::finding::FindingsOf;
use crate::manifest::Manifest;
use crate::rules::CHAPTERS;
use crate::source::Source;

/// One pitfall that syntax shows.
pub struct Rule {
    /// `padding::mask_made_up`: the pitfall, which is the name of its chapter, and what of it was found.
    pub id: &'static str,
    /// The part of the chapter's page that mends it, as `wrong-fixes`.
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

/// How often a finding of a rule is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Worth a look: whether it is a bug depends on what syntax does not show.
    LookHere,
    /// A bug more often than not.
    Likely,
}

/// What a rule reads.
#[derive(Clone, Copy)]
pub enum Check {
    /// A file of Rust.
    Code(fn(&Source, &mut FindingsOf)),
    /// A Cargo.toml.
    Manifest(fn(&Manifest, &mut FindingsOf)),
}
