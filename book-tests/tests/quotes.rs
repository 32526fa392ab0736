//! Output that the book quotes is output that the command prints now.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

#[test]
fn every_quoted_output_is_what_its_command_prints() {
    let mut problems = Vec::new();
    for file in std::fs::read_dir(root().join("src/output"))
        .unwrap()
        .flatten()
    {
        let (name, quote) = (
            file.file_name(),
            std::fs::read_to_string(file.path()).unwrap(),
        );
        let name = name.to_string_lossy();
        let is_measured = name.contains("-cost");
        let (command, quoted) = quote.split_once('\n').expect("a command and its output");
        let command = command
            .strip_prefix("$ ")
            .expect("the first line is `$ command`");
        let printed = run(command);
        let form = |text: &str| {
            if is_measured {
                without_figures(text)
            } else {
                text.to_owned()
            }
        };
        if let Err(line) = contains(&form(&printed), &form(quoted)) {
            problems.push(format!(
                "src/output/{name}: `{command}` does not print\n{line}\nbut\n{printed}"
            ));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n\n"));
}

#[test]
fn a_line_that_is_not_printed_is_found() {
    let printed = "first\nsecond\nthird\n";
    assert_eq!(contains(printed, "first\n[...]\nthird\n"), Ok(()));
    assert_eq!(contains(printed, "first\nthird\n"), Err("third".to_owned()));
    assert_eq!(
        contains(printed, "[...]\nfourth\n"),
        Err("fourth".to_owned())
    );
}

fn run(command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(
        words.next(),
        Some("cargo"),
        "only cargo commands are quoted"
    );
    let output = Command::new(env!("CARGO"))
        .args(words)
        .current_dir(root())
        .env("COST_ROUNDS", "1")
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text(&output.stdout) + &text(&output.stderr)
}

/// Whether the quote's lines follow each other in what was printed, but for `[...]`. The first one that
/// does not is the error.
fn contains(printed: &str, quoted: &str) -> Result<(), String> {
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let mut next = 0;
    for part in quoted.split("[...]\n") {
        let part: Vec<&str> = part
            .trim_end_matches('\n')
            .lines()
            .map(str::trim_end)
            .collect();
        let best = (next..=printed.len())
            .map(|start| (common(&printed[start..], &part), start))
            .max_by_key(|&(length, start)| (length, std::cmp::Reverse(start)));
        let (length, start) = best.expect("there is at least the end");
        if length < part.len() {
            return Err(part[length].to_owned());
        }
        next = start + length;
    }
    Ok(())
}

fn common(printed: &[&str], part: &[&str]) -> usize {
    printed
        .iter()
        .zip(part)
        .take_while(|(printed, quoted)| printed == quoted)
        .count()
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
