use anyhow::Context;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use runner::Root;

use crate::launch::launch;

#[derive(clap::Args)]
pub struct Class {
    /// Port that the board listens on
    #[arg(long, default_value_t = 3100)]
    port: u16,
    /// Address that it listens on: 0.0.0.0 opens it to the network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// The code that learners join with, in place of a random one
    #[arg(long)]
    code: Option<String>,
    /// Writes the class's verdicts as CSV, and ends
    #[arg(long, value_name = "FILE", conflicts_with = "clear")]
    export: Option<PathBuf>,
    /// Forgets learners, verdicts and code after a question, keeps a copy, and ends
    #[arg(long)]
    clear: bool,
    /// Clears without the question
    #[arg(long, requires = "clear")]
    yes: bool,
}

/// Opens the class board, or does what its flags say with the class that it keeps.
pub fn class(root: &Root, arguments: &Class) -> anyhow::Result<ExitCode> {
    let mut passed_on = vec![
        format!("--port={}", arguments.port),
        format!("--bind={}", arguments.bind),
    ];
    if let Some(code) = &arguments.code {
        passed_on.push(format!("--code={code}"));
    }
    if let Some(file) = &arguments.export {
        // The program starts in the workbook's folder; the file is named from here.
        let file = std::path::absolute(file).context("--export")?;
        passed_on.push(format!("--export={}", file.display()));
    }
    for (flag, is_set) in [("--clear", arguments.clear), ("--yes", arguments.yes)] {
        if is_set {
            passed_on.push(flag.into());
        }
    }
    launch(root, "workbook-class", "the class board", &passed_on)
}
