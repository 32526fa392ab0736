//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use audit_rules::{Confidence, Rule};
use clap::{Parser, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes:
  0    audited, and nothing found that --deny names
  1    something found that --deny names
  2    not audited as asked, and one line on standard error says why
  141  ended because nothing reads its output any more";

/// Finds pitfalls of AI inference in Rust code. It reads files, and neither builds, runs nor sends anything.
#[derive(Debug, Parser)]
#[command(
    name = "cargo inference-audit",
    bin_name = "cargo inference-audit",
    version,
    after_help = EXIT_CODES
)]
pub struct Arguments {
    /// Folders, Rust files and Cargo.toml files
    #[arg(default_value = ".", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Reads tests, benches and examples too
    #[arg(long)]
    pub tests: bool,
    /// Reads everything: also tests, generated, vendored, hidden and ignored files, and target folders
    #[arg(long)]
    pub all: bool,
    /// What the findings are written for
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// Ends with exit code 1 if this is found: `likely`, `all`, or the id of a rule
    #[arg(long, value_name = "WHAT", value_parser = deny)]
    pub deny: Vec<Deny>,
    /// Writes what is found into this file, for --baseline, and ends
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "deny", "format"])]
    pub write_baseline: Option<PathBuf>,
    /// Tells only what is not in this file
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Where the book is served: what a link to a page begins with
    #[arg(
        long,
        value_name = "URL",
        default_value = "",
        hide_default_value = true
    )]
    pub book: String,
    /// Lists the rules, and ends
    #[arg(long)]
    pub list: bool,
    /// Explains a rule, and ends
    #[arg(long, value_name = "ID", value_parser = Rule::called)]
    pub explain: Option<&'static Rule>,
}

/// What the findings are written for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// People, in a terminal
    #[default]
    Text,
    /// Programs: a JSON object for each finding, one a line
    Json,
    /// Code scanning: SARIF 2.1.0
    Sarif,
}

/// What makes the exit code 1.
#[derive(Debug, Clone, Copy)]
pub enum Deny {
    /// Findings of this confidence, or of a higher one.
    From(Confidence),
    /// Findings of this rule.
    Rule(&'static Rule),
}

fn deny(what: &str) -> Result<Deny, String> {
    match what {
        "likely" => Ok(Deny::From(Confidence::Likely)),
        "all" => Ok(Deny::From(Confidence::LookHere)),
        id => Rule::called(id)
            .map(Deny::Rule)
            .map_err(|error| format!("{error}; `likely` and `all` are good too")),
    }
}

impl Deny {
    /// Whether it names findings of this rule.
    pub fn names(self, rule: &Rule) -> bool {
        match self {
            Deny::From(confidence) => rule.confidence >= confidence,
            Deny::Rule(denied) => denied.id == rule.id,
        }
    }
}

impl Arguments {
    /// Reads those of this process: see [`common::arguments::read`].
    pub fn read() -> Result<Arguments, anyhow::Result<ExitCode>> {
        let mut arguments: Vec<OsString> = std::env::args_os().collect();
        // Cargo names the command again.
        if arguments
            .get(1)
            .is_some_and(|name| name == "inference-audit")
        {
            arguments.remove(1);
        }
        common::arguments::read_from(arguments, "cargo inference-audit")
    }

    /// The address of a rule's part of the book; without an address of the book, its page's name.
    pub fn link(&self, rule: &Rule) -> String {
        let slash = if self.book.is_empty() || self.book.ends_with('/') {
            ""
        } else {
            "/"
        };
        format!("{}{slash}{}", self.book, rule.page())
    }
}
