use anyhow::{Context, anyhow};
use std::io::{IsTerminal, stderr};
use std::iter;
use std::process::{Command, ExitCode, Stdio};

use runner::{Event, ProgressLine, Root, print_line};

use crate::doctor::{self, Finding, tell};
use crate::launch::cargo;

/// What everything takes when it is compiled, `cargo test` included, with room to work, in bytes: 3.3 GiB on Linux on
/// 2026-11-24.
const NEEDED_SPACE: u64 = 4 << 30;

/// The package of the book's server.
const SERVER: &str = "workbook-server";

/// Examines the machine and compiles all that a learner will need. The last line says whether the machine is ready;
/// the exit code is 2 if it is not.
pub fn prepare(root: &Root) -> anyhow::Result<ExitCode> {
    runner::end_all_on_ctrl_c(ProgressLine::clear)?;
    let is_fine = doctor::examine(root)? == ExitCode::SUCCESS;
    let mut ready = is_fine;
    for examine in [
        has_space,
        can_link,
        has_an_editor,
        fetches_everything,
        compiles_ahead,
        needs_no_network,
    ] {
        let finding = examine(root);
        tell(&finding)?;
        if finding.is_err() {
            ready = false;
            break;
        }
    }
    if ready {
        print_line("ready    no network is needed from here on")?;
        return Ok(ExitCode::SUCCESS);
    }
    print_line("not ready: mend the problem above and run this again")?;
    Ok(ExitCode::from(2))
}

fn has_space(root: &Root) -> Finding {
    let gib = |bytes: u64| format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30));
    // What lies there already counts: it is part of what is needed.
    let has_compiled = root.target_dir().join("debug").is_dir();
    match fs4::available_space(root.path()) {
        Ok(free) if free < NEEDED_SPACE && !has_compiled => Err(anyhow!(
            "{} are free, and the compiled workbook takes up to {}: make room, or set CARGO_TARGET_DIR to a folder \
             on another disk",
            gib(free),
            gib(NEEDED_SPACE)
        )),
        Ok(free) => Ok(format!("{} are free", gib(free))),
        Err(error) => Err(anyhow!("the free space of the disk is not known ({error})")),
    }
}

/// Compiles and links a program of one line: with a Rust toolchain alone the linker may be missing.
fn can_link(root: &Root) -> Finding {
    let folder = root.target_dir().join("workbook").join("link");
    let program = folder.join("program.rs");
    let written =
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&program, "fn main() {}\n"));
    written.with_context(|| folder.display().to_string())?;
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .arg(&program)
        .arg("--out-dir")
        .arg(&folder)
        .output()
        .map_err(|error| anyhow!("rustc does not start ({error}): install Rust with rustup"))?;
    if output.status.success() {
        return Ok("a program compiles and links".into());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("rustc fails");
    let first = first.trim_start_matches("error: ");
    Err(anyhow!("{first}: {}", how_to_get_a_linker()))
}

fn how_to_get_a_linker() -> &'static str {
    if cfg!(windows) {
        "install the Visual Studio build tools with \"Desktop development with C++\""
    } else if cfg!(target_os = "macos") {
        "run `xcode-select --install`"
    } else {
        "install a C compiler, which brings the linker: the package is `gcc`, or `build-essential` on Debian and Ubuntu"
    }
}

/// No editor is a problem: the page has one.
fn has_an_editor(_: &Root) -> Finding {
    let analyzer = Command::new("rust-analyzer")
        .arg("--version")
        .stderr(Stdio::null())
        .output();
    Ok(match analyzer {
        Ok(output) if output.status.success() => format!(
            "{} is there for your editor; the page has an editor too",
            String::from_utf8_lossy(&output.stdout).trim()
        ),
        _ => "no rust-analyzer was found: work in the page, or add it to your editor".into(),
    })
}

/// What is compiled later, like a bench or the class board, must be here too.
fn fetches_everything(root: &Root) -> Finding {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["fetch", "--locked"]).current_dir(root.path());
    if !stderr().is_terminal() {
        command.arg("--quiet");
    }
    match command.status() {
        Ok(status) if status.success() => Ok("every crate is fetched".into()),
        _ => Err(anyhow!(
            "the crates cannot be fetched: see cargo's message above. Without network now? Connect, and run this again"
        )),
    }
}

fn compiles_ahead(root: &Root) -> Finding {
    print_line("compiling ahead; this takes some minutes once")?;
    // Each by itself, as it will be run: cargo compiles a dependency anew for another choice of packages.
    let chapters = root.names()?;
    let tests = chapters.iter().map(String::as_str).chain(["exercises"]);
    let tests = tests.map(|package| (package, true));
    let packages: Vec<_> = iter::once((SERVER, false)).chain(tests).collect();
    for (index, (package, is_tested)) in packages.iter().enumerate() {
        let line = ProgressLine::new();
        let (number, of) = (index + 1, packages.len());
        let observer = |event| {
            if let Event::Phase { phase, before } = event {
                let phase = phase.text(before);
                line.show(format_args!("{number} of {of}, {package}: {phase}"));
            }
        };
        runner::compile_ahead(root, package, *is_tested, Some(&observer))?;
        drop(line);
        print_line(format_args!("         {package}"))?;
    }
    Ok("the book's server and every chapter's checks are compiled".into())
}

/// What is compiled must be found again when cargo may not ask anybody.
fn needs_no_network(root: &Root) -> Finding {
    let mut command = cargo(root, "build", SERVER);
    command.args(["--offline", "--quiet"]);
    match command.status() {
        Ok(status) if status.success() => Ok("cargo needs no network".into()),
        _ => Err(anyhow!(
            "cargo asks for the network although everything was compiled: see its message above"
        )),
    }
}
