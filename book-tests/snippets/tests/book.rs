//! Every Rust block of the book compiles, runs and ends as its fence says. One test for each block, so that
//! `cargo test -p snippets --test book ch02` runs one chapter's.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use libtest_mimic::{Arguments, Failed, Trial};
use snippets::{Block, Keeper, blocks, root};

/// A snippet that takes longer hangs. Each ends within a second or two.
const LIMIT: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let mut arguments = Arguments::from_args();
    // rustc uses a core well; more at a time only make the time limit unfair.
    arguments.test_threads.get_or_insert(2);
    let blocks = blocks(&root())?;
    let keeper = match arguments.list {
        true => None,
        false => Some(Keeper::new(
            env!("CARGO_BIN_EXE_keep"),
            env!("CARGO_TARGET_TMPDIR"),
            LIMIT,
        )?),
    };
    let keeper = Arc::new(keeper);
    let trials = blocks
        .into_iter()
        .map(|block| trial(block, &keeper))
        .collect();
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}

fn trial(block: Block, keeper: &Arc<Option<Keeper>>) -> Trial {
    let keeper = Arc::clone(keeper);
    let name = format!("{} {}", block.at(), block.words.join(" "));
    Trial::test(name.trim_end(), move || {
        let told = match &*keeper {
            _ if block.says("ignore") => block.may_be_ignored(),
            Some(keeper) => keeper.prove(&block),
            None => Ok(()),
        };
        told.map_err(|error| Failed::from(format!("{error:#}")))
    })
}
