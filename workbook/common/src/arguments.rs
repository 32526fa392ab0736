//! The arguments of `cargo workbook` that it passes on to another program, and how a mistake in them is told.

use std::ffi::OsString;
use std::io::{Write, stdout};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Parser;

/// Of `cargo workbook`: shows the book.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Opens the book in the browser
    #[arg(long)]
    pub open: bool,
    /// Joins an instructor's class: sends it which checks pass, and never code
    #[arg(long, value_name = "URL", requires = "name")]
    pub join: Option<String>,
    /// What the class calls you
    #[arg(long = "as", id = "name", value_name = "NAME", requires = "join")]
    pub name: Option<String>,
}

/// Of `cargo workbook class`: opens the class board, or does something with the class that it keeps.
#[derive(Debug, clap::Args)]
pub struct Class {
    /// Port that the board listens on
    #[arg(long, default_value_t = 3100)]
    pub port: u16,
    /// Address that it listens on: 0.0.0.0 opens it to the network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// The code that learners join with, in place of a random one
    #[arg(long)]
    pub code: Option<String>,
    /// Writes the class's verdicts as CSV, and ends
    #[arg(long, value_name = "FILE", group = "and_ends")]
    pub export: Option<PathBuf>,
    /// Removes a learner, who can be let back in on the board's page, and ends
    #[arg(long, value_name = "NAME", group = "and_ends")]
    pub remove: Option<String>,
    /// Takes no new learners, and ends; who has joined stays
    #[arg(long, group = "and_ends")]
    pub close: bool,
    /// Takes new learners again, and ends
    #[arg(long, group = "and_ends")]
    pub reopen: bool,
    /// Forgets learners, verdicts and code after a question, keeps a copy, and ends
    #[arg(long, group = "and_ends")]
    pub clear: bool,
    /// Clears without the question
    #[arg(long, requires = "clear")]
    pub yes: bool,
}

/// Reads the command line. Where it asks for help, that is printed and the exit code returned; what is wrong with it is one
/// line.
pub fn read<T: Parser>() -> Result<T, Result<ExitCode, anyhow::Error>> {
    read_from(std::env::args_os(), "cargo workbook")
}

/// The same of other arguments, for the command that is called so.
pub fn read_from<T: Parser>(
    arguments: impl IntoIterator<Item = OsString>,
    command: &str,
) -> Result<T, Result<ExitCode, anyhow::Error>> {
    T::try_parse_from(arguments).map_err(|error| {
        if error.use_stderr() {
            return Err(in_one_line(&error, command));
        }
        match write!(stdout(), "{error}") {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(error) => Err(error.into()),
        }
    })
}

/// Clap's several lines in one: what is wrong, and its tip if it has one.
fn in_one_line(error: &clap::Error, command: &str) -> anyhow::Error {
    let rendered = error.to_string();
    let mut lines = rendered
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let first = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches("error: ");
    let first = match lines.clone().next().filter(|_| first.ends_with(':')) {
        Some(which) => format!("{first} {which}"),
        None => first.to_owned(),
    };
    match lines.find_map(|line| line.strip_prefix("tip: ")) {
        Some(tip) => anyhow!("{first}: {tip}; see `{command} --help`"),
        None => anyhow!("{first}; see `{command} --help`"),
    }
}
