//! Pitfalls of AI inference that the syntax of Rust shows: text in, findings out.
//!
//! It reads no file, runs nothing and sends nothing, so that it works in a page as well as in a terminal.

mod allow;
mod atomics;
mod calls;
mod depth;
mod finding;
mod function;
mod inference;
mod loops;
mod manifest;
mod names;
mod place;
mod report;
mod rule;
mod rules;
mod source;
mod syntax;
mod tensors;
mod untested;

pub use allow::{Complaint, unused, without_reason};
pub use finding::{Finding, Findings};
pub use manifest::Manifest;
pub use names::Aliases;
pub use place::{Place, Told, line};
pub use report::Report;
pub use rule::{Check, Confidence, Rule};
pub use rules::RULES;
pub use source::{Options, Source, Unreadable};
pub use untested::test_modules;

/// What the rules find in a file of Rust, in the order of its text, whether or not a comment allows it: see [`Report::of`].
pub fn audit(source: &Source) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in RULES {
        if let Check::Code(check) = rule.check {
            check(source, &mut findings.of(rule));
        }
    }
    findings.sorted()
}

/// What the rules find in a Cargo.toml, in the order of its text.
pub fn audit_manifest(manifest: &Manifest) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in RULES {
        if let Check::Manifest(check) = rule.check {
            check(manifest, &mut findings.of(rule));
        }
    }
    findings.sorted()
}
