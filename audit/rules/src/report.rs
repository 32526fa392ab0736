//! What is told of a file.

use crate::allow::{self, Complaint};
use crate::audit;
use crate::finding::Finding;
use crate::source::Source;

/// What is told of a file.
pub struct Report {
    /// What its rules find and no comment allows, in the order of the text.
    pub findings: Vec<Finding>,
    /// What is wrong with the comments that allow something.
    pub complaints: Vec<Complaint>,
}

impl Report {
    /// What is told of a file of Rust.
    pub fn of(source: &Source) -> Self {
        let (findings, complaints) = allow::silence(&source.allows, audit(source));
        Self {
            findings,
            complaints,
        }
    }
}
