//! A project that is audited.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// What `nan::partial_cmp_unwrap` finds, in one line.
pub const PITFALL: &str =
    "pub fn rank(scores: &mut [f32]) { scores.sort_by(|a, b| a.partial_cmp(b).unwrap()); }\n";

/// Its part of the book.
pub fn page() -> String {
    audit_rules::Rule::called("nan::partial_cmp_unwrap")
        .unwrap()
        .page()
}

pub const MANIFEST: &str =
    "[package]\nname = \"service\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

pub struct Project(TempDir);

/// What the command printed, and its exit code.
#[derive(Debug)]
pub struct Told {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl Project {
    /// A package whose `src/lib.rs` is this.
    pub fn with(text: &str) -> Self {
        let project = Self::empty();
        project.write("Cargo.toml", MANIFEST);
        project.write("src/lib.rs", text);
        project
    }

    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        command(self.0.path(), arguments)
    }

    pub fn audit(&self, arguments: &[&str]) -> Told {
        told(self.command(arguments).output().unwrap())
    }

    /// The places that are found, as `src/lib.rs:1`.
    #[track_caller]
    pub fn found(&self, arguments: &[&str]) -> Vec<String> {
        let told = self.audit(&[&["--format", "json"], arguments].concat());
        assert_eq!(told.code, Some(0), "{told:?}");
        told.found()
    }
}

impl Told {
    /// Of JSON: the places that are found, as `src/lib.rs:1`.
    pub fn found(&self) -> Vec<String> {
        self.out
            .lines()
            .map(|line| {
                let finding: serde_json::Value = serde_json::from_str(line).unwrap();
                format!("{}:{}", finding["path"].as_str().unwrap(), finding["line"])
            })
            .collect()
    }
}

pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-inference-audit"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE");
    command
}

pub fn told(output: Output) -> Told {
    Told {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}
