//! A workbook of a few lines in a temporary folder, for the runner and the commands to work on.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use runner::{Limits, Root, Verdict, run_exercise};
use tempfile::TempDir;

/// A `check.rs` with one check that holds and one that asks for `answer() == 42`.
pub const CHECKS: &str = r#"
#[test]
fn there_is_an_answer() {
    let _ = super::answer();
}

#[test]
fn the_answer_is_right() {
    assert_eq!(super::answer(), 42, "the answer must be 42");
}

// `checks::earned!()`, without the crate.
#[test]
fn zz_earned() {
    if let (Ok(file), Ok(nonce)) = (std::env::var("CHECK_EARNED"), std::env::var("CHECK_NONCE")) {
        std::fs::write(file, nonce).unwrap();
    }
}
"#;

/// The `chapter.toml` that goes with [`CHECKS`].
pub const MANIFEST: &str = r#"learned = "The answer is computed, not guessed."
title = "A question"
subject = "The answer"
also_called = ["the number"]
description = "A question that has one answer, and a check that knows it."
symptoms = ["The answer is 41"]
minutes = { talk = 1, exercise = 2, short = 1 }
short_goal = ["the_answer_is_right"]
hints = ["look here", "it is wrong", "write 42"]

[[check]]
name = "there_is_an_answer"
shipped = "passes"
promises = [1]

[[check]]
name = "the_answer_is_right"
shipped = "fails"
promises = [2]
"#;

/// The promises that [`MANIFEST`] names.
pub const README: &str = "\
# A question

<!-- ANCHOR: promises -->
1. There is an answer.
2. The answer is 42.
<!-- ANCHOR_END: promises -->
";

pub const WRONG_ANSWER: &str = "pub fn answer() -> u32 {\n    41\n}\n\n#[cfg(test)]\nmod check;\n";
pub const RIGHT_ANSWER: &str = "pub fn answer() -> u32 {\n    42\n}\n\n#[cfg(test)]\nmod check;\n";

pub struct Fixture {
    _folder: TempDir,
    root: PathBuf,
}

impl Fixture {
    /// A workbook with the chapters `ch01-first` and `ch02-second`, both as shipped.
    pub fn new() -> Fixture {
        Fixture::in_folder("")
    }

    /// The same in a folder of this name.
    pub fn in_folder(name: &str) -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Fixture {
            root: folder.path().join(name),
            _folder: folder,
        };
        fixture.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"exercises/ch[0-9]*\"]\n",
        );
        fixture.write("book.toml", "[book]\ntitle = \"A tiny workbook\"\n");
        fixture.write("src/SUMMARY.md", "- [First](ch01-first.md)\n");
        fixture.write("src/ch01-first.md", "# First\n");
        for name in ["ch01-first", "ch02-second"] {
            let file = |file: &str| format!("exercises/{name}/{file}");
            let cargo_toml = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"src/lib.rs\"\n"
            );
            fixture.write(&file("Cargo.toml"), &cargo_toml);
            fixture.write(&file("chapter.toml"), MANIFEST);
            fixture.write(&file("README.md"), README);
            fixture.write(&file("shipped.rs"), WRONG_ANSWER);
            fixture.write(&file("src/lib.rs"), WRONG_ANSWER);
            fixture.write(&file("src/check.rs"), CHECKS);
        }
        fixture
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// The names in a folder, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    pub fn root(&self) -> Root {
        Root::at(&self.root)
    }

    /// The verdict on the first chapter with `answer` as its `lib.rs`.
    pub fn verdict_on(&self, answer: &str) -> Verdict {
        self.write("exercises/ch01-first/src/lib.rs", answer);
        let chapter = self.root().chapter("ch01-first").unwrap();
        // Ample for what ends; what does not end is waited for this long.
        let limits = Limits {
            check: Duration::from_secs(2),
            ..Limits::default()
        };
        run_exercise(&self.root(), &chapter, limits, None)
    }

    /// What the command prints and its exit code: (stdout, stderr, code).
    pub fn workbook(&self, arguments: &[&str]) -> (String, String, Option<i32>) {
        run(self.command(arguments))
    }

    /// `cargo workbook` in this workbook.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(crate::PROGRAM);
        command
            .args(arguments)
            .current_dir(&self.root)
            .env_remove("CARGO_MANIFEST_DIR")
            .env_remove("CARGO_TARGET_DIR");
        command
    }
}

pub fn run(mut command: Command) -> (String, String, Option<i32>) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

/// Whether the process with this number has ended; its parent may not have noticed yet.
pub fn has_ended(process: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    status.is_empty() || status.contains(") Z ")
}

/// Waits for what must happen, a minute at the most.
#[track_caller]
pub fn wait_until(what: &str, happened: impl Fn() -> bool) {
    let seen = (0..6000).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        happened()
    });
    assert!(seen, "{what} did not happen within a minute");
}
