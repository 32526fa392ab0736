use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use crate::process::{Ended, Limit, run_bounded};

/// What cargo made of a chapter's test program.
#[derive(Clone)]
pub(crate) enum Compiled {
    /// The program, and the compiler's warnings about the chapter itself.
    Program {
        executable: PathBuf,
        warnings: Vec<String>,
    },
    /// The compiler's errors, as rustc renders them, first one first.
    Errors(Vec<String>),
    /// Cargo could not do its work. Not the learner's code.
    CargoFailed(String),
}

/// One line of `cargo --message-format=json`, as far as it is of use here.
#[derive(Deserialize)]
struct CargoMessage {
    reason: String,
    message: Option<Diagnostic>,
    executable: Option<PathBuf>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
    spans: Vec<serde_json::Value>,
}

/// Compiles the test program of each of `packages` in `workspace`, as many at once as there are processors. After one that does
/// not compile cargo begins with no other: those are [`Compiled::CargoFailed`].
pub(crate) fn compile(
    workspace: &Path,
    packages: &[&str],
    target_dir: &Path,
    limit: Duration,
) -> Vec<Compiled> {
    let all_failed = |message: String| {
        let failed = || Compiled::CargoFailed(message.clone());
        packages.iter().map(|_| failed()).collect()
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["test", "--no-run", "--lib", "--message-format=json"])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target_dir);
    let ended = match run_bounded(command, Limit::Wall(limit)) {
        Ok(ended) => ended,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return all_failed(
                "cargo is not on the PATH: install Rust with rustup, or open a new terminal".into(),
            );
        }
        Err(error) => return all_failed(format!("cargo does not start: {error}")),
    };
    if ended.status().is_none() {
        let seconds = limit.as_secs();
        return all_failed(format!("cargo did not end within {seconds} s"));
    }
    let compiled = packages.iter().map(|package| read(package, &ended));
    compiled.collect()
}

/// What cargo says of one package.
fn read(package: &str, ended: &Ended) -> Compiled {
    let library = package.replace('-', "_");
    let mut executable = None;
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    for message in ended
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
    {
        let CargoMessage {
            reason,
            message,
            executable: made,
            target,
        } = message;
        let of_the_chapter = target.is_some_and(|target| target.name == library);
        match (reason.as_str(), message) {
            ("compiler-artifact", _) if of_the_chapter => executable = made.or(executable),
            // The closing "aborting due to 2 previous errors" points nowhere.
            ("compiler-message", Some(diagnostic))
                if of_the_chapter && !diagnostic.spans.is_empty() =>
            {
                let rendered = diagnostic.rendered.unwrap_or_default();
                if diagnostic.level == "error" {
                    &mut errors
                } else {
                    &mut warnings
                }
                .push(rendered.trim_end().to_owned());
            }
            _ => {}
        }
    }
    match executable {
        _ if !errors.is_empty() => Compiled::Errors(errors),
        Some(executable) => Compiled::Program {
            executable,
            warnings,
        },
        _ => Compiled::CargoFailed(what_cargo_said(&ended.stderr)),
    }
}

/// The first error that cargo itself reports, with its causes, in one line.
fn what_cargo_said(stderr: &str) -> String {
    let said: Vec<&str> = stderr
        .lines()
        .skip_while(|line| !line.starts_with("error"))
        .map(str::trim)
        .filter(|line| !line.is_empty() && *line != "Caused by:")
        .take(6)
        .collect();
    if said.is_empty() {
        "cargo failed and did not say why".into()
    } else {
        said.join(" | ")
    }
}
