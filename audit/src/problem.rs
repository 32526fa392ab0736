//! What cannot be audited: one line each, and the rest is.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines for standard error.
#[derive(Debug, Default)]
pub struct Problems {
    lines: Vec<String>,
    is_misused: bool,
}

impl Problems {
    /// A problem of the project.
    pub fn say(&mut self, what: impl Display) {
        self.lines
            .push(format!("warning: {}", in_one_line(&what.to_string())));
    }

    /// A problem of one file or folder.
    pub fn at(&mut self, path: &Path, what: impl Display) {
        self.say(format_args!("{}: {what}", shown(path)));
    }

    /// A problem at a line of a file.
    pub fn at_line(&mut self, path: &Path, line: usize, what: impl Display) {
        self.say(format_args!("{}:{line}: {what}", shown(path)));
    }

    /// A path on the command line that cannot be read: what was asked is not what was done.
    pub fn misuse(&mut self, path: &Path, what: impl Display) {
        self.is_misused = true;
        let line = format!("error: {}: {what}", shown(path));
        self.lines.push(in_one_line(&line));
    }

    /// Whether the exit code is 2.
    pub fn is_misused(&self) -> bool {
        self.is_misused
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

/// A path as it is told: with slashes, without `./`, and without characters that a terminal would obey.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    let name = if path.as_os_str().is_empty() {
        ".".into()
    } else {
        path.to_string_lossy()
    };
    let name = name.replace(std::path::MAIN_SEPARATOR, "/");
    in_one_line(&name)
}

/// A path from the root, without links and `..` where it is there.
pub fn full(path: &Path) -> PathBuf {
    fs::canonicalize(path)
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

fn in_one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
