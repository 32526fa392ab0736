//! What was found, and where.

use std::ops::Range;

use crate::rule::Rule;

/// A place that a rule found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which pitfall it is.
    pub rule: &'static Rule,
    /// The place, in bytes of the text.
    pub at: Range<usize>,
    /// What stands there, in a few words that name it.
    pub label: String,
}

/// What all rules found in one file.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub(crate) fn of(&mut self, rule: &'static Rule) -> FindingsOf<'_> {
        FindingsOf {
            rule,
            all: &mut self.0,
        }
    }

    /// In the order of the text; what one rule found twice at one place counts once.
    pub(crate) fn sorted(mut self) -> Vec<Finding> {
        self.0
            .sort_by_key(|finding| (finding.at.start, finding.at.end, finding.rule.id));
        self.0
            .dedup_by(|a, b| a.at == b.at && a.rule.id == b.rule.id);
        self.0
    }
}

/// What one rule finds.
pub struct FindingsOf<'a> {
    rule: &'static Rule,
    all: &'a mut Vec<Finding>,
}

impl FindingsOf<'_> {
    /// Tells a place: bytes of the text, and what stands there in a few words that name it.
    pub fn tell(&mut self, at: Range<usize>, label: impl Into<String>) {
        self.all.push(Finding {
            rule: self.rule,
            at,
            label: label.into(),
        });
    }
}
