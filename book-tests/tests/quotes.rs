//! Output that the book quotes is output that its command prints now: `cargo test -p book-tests --test quotes ch04`
//! runs one chapter's. The verdicts among them are proved with what `chapter.toml` says, by
//! `cargo test -p workbook --test claims`.

#[path = "../../workbook/tests/claims/kept.rs"]
mod kept;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use runner::Root;
use snapbox::assert::Action;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Two that are measured at once would disturb each other.
    arguments.test_threads.get_or_insert(1);
    let trials = quotes().into_iter().map(|(file, command)| {
        Trial::test(root().shown(&file), move || {
            is_printed(&file, &command).map_err(Failed::from)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// Each kept output with its command, which is its first line. Verdicts are left to `claims`.
fn quotes() -> BTreeMap<PathBuf, String> {
    let folder = root().path().join("src/output");
    let mut quotes = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("src/output is there") {
        let file = entry.expect("src/output can be read").path();
        let quoted = std::fs::read_to_string(&file).unwrap_or_default();
        let command = quoted.lines().next().unwrap_or_default().to_owned();
        quotes.insert(file, command);
    }
    quotes.retain(|_, command| !command.starts_with("$ cargo workbook check "));
    quotes
}

fn root() -> Root {
    Root::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
}

fn is_printed(file: &Path, command: &str) -> Result<(), String> {
    let arguments = command.strip_prefix("$ cargo ").ok_or_else(|| {
        let file = root().shown(file);
        format!("{file}: its first line must be `$ cargo ...`, and is `{command}`")
    })?;
    let printed = format!("{command}\n{}", run(arguments));
    let is_measured = file.to_string_lossy().ends_with("-cost.txt");
    kept::quote(file, &printed, printed.clone(), |text| {
        if is_measured {
            without_figures(text)
        } else {
            text.to_owned()
        }
    })
}

/// What the command prints to its standard output, or else to its standard error: cargo's own words are of no
/// interest beside a program's.
fn run(arguments: &str) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    let draws =
        Action::with_env_var(snapbox::assert::DEFAULT_ACTION_ENV) == Some(Action::Overwrite);
    // Figures come from a release build. The words are the same in the one that other tests have compiled.
    let arguments = match arguments.strip_prefix("bench ") {
        Some(rest) if !draws => format!("bench --profile dev {rest}"),
        _ => arguments.to_owned(),
    };
    cargo
        .args(arguments.split_whitespace())
        .current_dir(root().path())
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_MANIFEST_DIR");
    // One round shows the words, and a quote that is written anew takes its figures from all of them.
    if !draws {
        cargo.env("COST_ROUNDS", "1");
    }
    let output = cargo.output().expect("cargo starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    match text(&output.stdout) {
        nothing if nothing.is_empty() => text(&output.stderr),
        printed => printed,
    }
}

/// Figures change from run to run; the table around them does not.
fn without_figures(text: &str) -> String {
    let masked: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    let words = |line: &str| {
        let words = line.split_whitespace().map(|word| {
            if word.contains('#') {
                word.replace(['#', '.', ','], "") + "#"
            } else {
                word.to_owned()
            }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    masked.lines().map(words).collect::<Vec<_>>().join("\n") + "\n"
}
