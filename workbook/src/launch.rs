//! The programs that `cargo workbook` becomes are packages of their own, compiled when they are first wanted.

use anyhow::anyhow;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use runner::Root;

/// Compiles `package` where its progress can be seen, then becomes it, with the arguments as they were given. `what` it is
/// stands in the message if it does not compile.
pub fn launch(
    root: &Root,
    package: &str,
    what: &str,
    arguments: impl Iterator<Item = OsString>,
) -> anyhow::Result<ExitCode> {
    let built = cargo(root, "build", package)
        .status()
        .map_err(|error| no_cargo(&error))?;
    if !built.success() {
        return Err(anyhow!(
            "{what} does not compile: see cargo's message above"
        ));
    }
    let mut program = cargo(root, "run", package);
    // It starts where the user is: a file that an argument names is named from there.
    program
        .arg("--manifest-path")
        .arg(root.path().join("Cargo.toml"))
        .args(["--quiet", "--"])
        .args(arguments)
        .current_dir(std::env::current_dir()?);
    become_the(program)
}

/// The cargo that runs us, in the workbook, for one package.
pub fn cargo(root: &Root, verb: &str, package: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args([verb, "--package", package])
        .current_dir(root.path());
    command
}

/// One process instead of a chain of them, so that whoever ends `cargo workbook` ends the program.
#[cfg(unix)]
fn become_the(mut program: Command) -> anyhow::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(no_cargo(&program.exec()))
}

#[cfg(not(unix))]
fn become_the(mut program: Command) -> anyhow::Result<ExitCode> {
    let status = program.status().map_err(|error| no_cargo(&error))?;
    Ok(ExitCode::from(status.code().map_or(2, |code| code as u8)))
}

fn no_cargo(error: &std::io::Error) -> anyhow::Error {
    anyhow!("cannot start cargo ({error}): install Rust with rustup, or open a new terminal")
}
