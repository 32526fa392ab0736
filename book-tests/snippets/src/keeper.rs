use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use runner::{Ended, Limit, run_bounded};

use crate::{Block, root};

/// mdbook-keeper, held to what it lets pass by itself.
///
/// It runs in a process of its own for each block, in an empty folder: it has no time limit, forgets
/// what a snippet printed, and keeps a cache in which a snippet that was interrupted counts as passed.
pub struct Keeper {
    /// The program `keep` of this package.
    program: PathBuf,
    /// Where keeper builds the crates that snippets may use.
    target_dir: PathBuf,
    /// How long one snippet may compile and run.
    limit: Duration,
}

/// Compiling the crates that snippets may use, from nothing.
const BUILD_LIMIT: Duration = Duration::from_secs(20 * 60);

impl Keeper {
    /// Makes the crates ready that snippets may use. `program` is the program `keep`, `folder` is where
    /// cargo lets tests keep files.
    pub fn new(program: &str, folder: &str, limit: Duration) -> Result<Keeper> {
        let target_dir = Path::new(folder).join("crates");
        let stamp = stamp()?;
        forget_another_build(&target_dir, &stamp)?;
        let mut cargo = Command::new(cargo());
        cargo
            .args(["build", "--quiet", "--package", "snippet-crates"])
            .current_dir(root())
            .env("CARGO_TARGET_DIR", &target_dir);
        let ended = run_bounded(cargo, Limit::Wall(BUILD_LIMIT))?;
        ensure!(
            ended.status().is_some_and(|status| status.success()),
            "cargo build --package snippet-crates:\n{}",
            ended.stderr
        );
        fs::write(target_dir.join(STAMP), stamp)?;
        Ok(Keeper {
            program: program.into(),
            target_dir,
            limit,
        })
    }

    /// Compiles and runs a block, and tells why it does not do what its fence says.
    pub fn prove(&self, block: &Block) -> Result<()> {
        self.prove_it(block).with_context(|| {
            format!(
                "{}, the block that begins `{}`",
                block.at(),
                block.first_line()
            )
        })
    }

    fn prove_it(&self, block: &Block) -> Result<()> {
        let scratch = tempfile::tempdir()?;
        fs::write(scratch.path().join("block.md"), fence(block))?;
        let mut keep = Command::new(&self.program);
        keep.arg(scratch.path())
            .arg(&self.target_dir)
            .current_dir(root());
        let ended = self.bounded(keep)?;
        let (kind, compiler) = ended.stdout.split_once('\n').unwrap_or_default();
        let compiler = without_scratch(compiler, scratch.path());
        let expects_panic = block.says("should_panic");
        match kind {
            "CompileFailed" if block.says("compile_fail") => Ok(()),
            "CompileFailed" => {
                bail!("does not compile (keeper compiles for edition 2021 at most):\n{compiler}")
            }
            _ if block.says("compile_fail") => bail!("is marked `compile_fail`, but it compiles"),
            "Successful" if expects_panic => {
                bail!("is marked `should_panic`, but it does not panic")
            }
            "Successful" => Ok(()),
            // Keeper has lost the message. The program is still there.
            "RunFailed" => {
                let again = self.bounded(Command::new(program_in(scratch.path())?))?;
                let printed = without_scratch(&again.stderr, scratch.path());
                let panicked = printed.contains("panicked at ");
                ensure!(
                    panicked && expects_panic,
                    how_it_ended(&again, panicked, &printed)
                );
                Ok(())
            }
            _ => bail!(
                "keeper ended without a verdict:\n{}\n{}",
                ended.stdout,
                ended.stderr
            ),
        }
    }

    fn bounded(&self, command: Command) -> Result<Ended> {
        let ended = run_bounded(command, Limit::Work(self.limit))?;
        ensure!(
            ended.status().is_some(),
            "did not end within {} s: a loop that never ends, or threads that wait for each other",
            self.limit.as_secs()
        );
        Ok(ended)
    }
}

fn how_it_ended(ended: &Ended, panicked: bool, printed: &str) -> String {
    match ended.status() {
        _ if panicked => format!("panics:\n{printed}"),
        Some(status) => format!("ends without a panic, but with {status}:\n{printed}"),
        None => unreachable!("a snippet that did not end was told of before"),
    }
}

/// The block alone, as a page that keeper reads. The fence is longer than any in the block.
fn fence(block: &Block) -> String {
    let words: String = block.words.iter().map(|word| format!(",{word}")).collect();
    format!("``````rust{words}\n{}``````\n", block.text)
}

/// Paths of the scratch folder tell a reader nothing.
fn without_scratch(text: &str, scratch: &Path) -> String {
    let folder = scratch.display().to_string();
    text.lines()
        .map(|line| match line.split_once(&folder) {
            Some((before, after)) => {
                let after = after.split_once(".rs").map_or(after, |(_, place)| place);
                format!("{before}the block{after}\n")
            }
            None => format!("{line}\n"),
        })
        .collect()
}

fn program_in(scratch: &Path) -> Result<PathBuf> {
    fs::read_dir(scratch)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "exe"))
        .context("keeper left no program")
}

const STAMP: &str = "built-from.txt";

/// Two builds of one crate in a target folder are an error to keeper's rustc (E0464), so that what was
/// built from another lock file or by another compiler has to go.
fn forget_another_build(target_dir: &Path, stamp: &str) -> Result<()> {
    let is_same = fs::read_to_string(target_dir.join(STAMP)).is_ok_and(|old| old == stamp);
    if target_dir.exists() && !is_same {
        fs::remove_dir_all(target_dir)?;
    }
    fs::create_dir_all(target_dir)?;
    Ok(())
}

fn stamp() -> Result<String> {
    let rustc = Command::new("rustc").arg("-vV").output()?;
    let mut stamp = String::from_utf8_lossy(&rustc.stdout).into_owned();
    for file in [
        "Cargo.toml",
        "Cargo.lock",
        "book-tests/snippets/crates/Cargo.toml",
    ] {
        stamp += &fs::read_to_string(root().join(file)).with_context(|| file.to_owned())?;
    }
    Ok(stamp)
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
