//! A whole `lib.rs` as it is compiled, and where each of its lines comes from.
//!
//! A wrong fix or an answer may hold only what it changes: sections between `// ANCHOR: x` and
//! `// ANCHOR_END: x`, laid over the sections of the same names in another text. Its lines outside of sections make
//! the file parse and format, and are ignored.

use anyhow::{Context, anyhow};
use std::path::{Path, PathBuf};

use crate::Root;
use crate::text::read_text;

/// A whole `lib.rs`, and where each of its lines comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// With its line end.
    text: String,
    origin: Origin,
}

/// A line of a file that a reader can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: PathBuf,
    /// Counted from 1.
    pub line: usize,
}

impl Source {
    /// Reads a file as it stands.
    pub(crate) fn read(root: &Root, file: &Path) -> anyhow::Result<Source> {
        let text = read_text(file).with_context(|| root.shown(file))?;
        let lines = text.split_inclusive('\n').enumerate();
        let lines = lines.map(|(index, text)| Line {
            text: text.to_owned(),
            origin: Origin {
                file: file.to_owned(),
                line: index + 1,
            },
        });
        Ok(Source {
            lines: lines.collect(),
        })
    }

    /// Whether this holds sections to be laid over another text, and is no `lib.rs` of its own.
    pub(crate) fn is_overlay(&self) -> bool {
        let is_whole = self.lines.iter().any(|line| {
            let code = line.text.split("//").next();
            code.is_some_and(|code| code.trim_end().ends_with("mod check;"))
        });
        !is_whole && self.lines.iter().any(|line| mark(&line.text).is_some())
    }

    /// Lays the sections of `self` over those of `base`.
    pub(crate) fn laid_over(&self, root: &Root, base: &Source) -> anyhow::Result<Source> {
        let mut sections = self.sections(root)?;
        let mut lines = Vec::new();
        for part in base.parts(root)? {
            let section = part.name.and_then(|name| {
                let index = sections
                    .iter()
                    .position(|section| section.name == Some(name))?;
                Some(sections.remove(index))
            });
            lines.extend_from_slice(section.map_or(part.lines, |section| section.lines));
        }
        let laid = Source { lines };
        match sections.first() {
            Some(Part {
                name: Some(name),
                lines: [first, ..],
            }) => Err(first.error(
                root,
                &format!("{} has no section `{name}`", base.shown(root)),
            )),
            _ if laid.text() == base.text() => Err(anyhow!(
                "{}: its sections change nothing in {}",
                self.shown(root),
                base.shown(root)
            )),
            _ => Ok(laid),
        }
    }

    /// Without the lines that `unwanted` finds.
    pub(crate) fn without(mut self, unwanted: impl Fn(&str) -> bool) -> Source {
        self.lines.retain(|line| !unwanted(&line.text));
        self
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }

    /// Where the line `number`, counted from 1, comes from.
    pub fn origin(&self, number: usize) -> Option<&Origin> {
        let line = self.lines.get(number.checked_sub(1)?)?;
        Some(&line.origin)
    }

    /// The file that all lines come from, if it is one.
    pub(crate) fn only_file(&self) -> Option<&Path> {
        let first = &self.lines.first()?.origin.file;
        let same = self.lines.iter().all(|line| line.origin.file == *first);
        same.then_some(first)
    }

    /// The names of the sections that another text has otherwise, or has not at all.
    pub fn sections_changed_in(&self, root: &Root, other: &Source) -> anyhow::Result<Vec<String>> {
        let others = other.sections(root)?;
        let text = |part: &Part<'_>| -> String {
            part.lines.iter().map(|line| line.text.as_str()).collect()
        };
        let own = self.sections(root)?;
        let changed = own.iter().filter(|part| {
            let same = others.iter().find(|other| other.name == part.name);
            same.is_none_or(|other| text(other) != text(part))
        });
        Ok(changed
            .filter_map(|part| part.name.map(str::to_owned))
            .collect())
    }

    fn sections(&self, root: &Root) -> anyhow::Result<Vec<Part<'_>>> {
        let parts = self.parts(root)?;
        Ok(parts
            .into_iter()
            .filter(|part| part.name.is_some())
            .collect())
    }

    /// The text in parts: sections, each from mark to mark, and what lies between them.
    fn parts<'a>(&'a self, root: &Root) -> anyhow::Result<Vec<Part<'a>>> {
        let mut parts: Vec<Part<'a>> = Vec::new();
        let mut start = 0;
        let mut open: Option<&str> = None;
        for (index, line) in self.lines.iter().enumerate() {
            match (mark(&line.text), open) {
                (None, _) => {}
                (Some(Mark::Start(name)), None) => {
                    if parts.iter().any(|part| part.name == Some(name)) {
                        return Err(line.error(root, &format!("section `{name}` stands twice")));
                    }
                    parts.push(Part {
                        name: None,
                        lines: &self.lines[start..index],
                    });
                    (open, start) = (Some(name), index);
                }
                (Some(Mark::End(name)), Some(opened)) if name == opened => {
                    parts.push(Part {
                        name: open.take(),
                        lines: &self.lines[start..=index],
                    });
                    start = index + 1;
                }
                (Some(Mark::Start(name)), Some(opened)) => {
                    let what = format!("section `{name}` begins inside `{opened}`");
                    return Err(line.error(root, &what));
                }
                (Some(Mark::End(name)), _) => {
                    return Err(line.error(root, &format!("section `{name}` was not begun")));
                }
            }
        }
        if let Some(name) = open {
            let what = format!("section `{name}` does not end");
            return Err(self.lines[start].error(root, &what));
        }
        parts.push(Part {
            name: None,
            lines: &self.lines[start..],
        });
        Ok(parts)
    }

    fn shown(&self, root: &Root) -> String {
        match self.lines.first() {
            Some(line) => root.shown(&line.origin.file),
            None => "an empty file".into(),
        }
    }
}

impl Line {
    fn error(&self, root: &Root, what: &str) -> anyhow::Error {
        let Origin { file, line } = &self.origin;
        anyhow!("{}:{line}: {what}", root.shown(file))
    }
}

/// A section with its marks, or lines between two sections.
struct Part<'a> {
    name: Option<&'a str>,
    lines: &'a [Line],
}

enum Mark<'a> {
    Start(&'a str),
    End(&'a str),
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let comment = line.trim_start().strip_prefix("//")?.trim();
    if let Some(name) = comment.strip_prefix("ANCHOR: ") {
        return Some(Mark::Start(name.trim()));
    }
    Some(Mark::End(comment.strip_prefix("ANCHOR_END: ")?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "\
use std::fmt;

// ANCHOR: one
fn one() {}
// ANCHOR_END: one

// ANCHOR: two
fn two() {}
// ANCHOR_END: two

mod check;
";

    fn source(name: &str, text: &str) -> Source {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        Source::read(&Root::at(folder.path()), &file).unwrap()
    }

    fn lay(text: &str) -> Result<Source, String> {
        let root = Root::at("/");
        let laid = source("fix.rs", text).laid_over(&root, &source("lib.rs", BASE));
        laid.map_err(|error| error.to_string())
    }

    /// Whether `lay` refuses it with this message, whose file is in a temporary folder.
    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        let message = lay(text).unwrap_err();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn a_section_takes_the_place_of_the_one_with_its_name() {
        let laid =
            lay("impl X {\n// ANCHOR: two\nfn two() -> u32 {\n    2\n}\n// ANCHOR_END: two\n}\n")
                .unwrap();
        assert_eq!(
            laid.text(),
            BASE.replace("fn two() {}", "fn two() -> u32 {\n    2\n}")
        );
    }

    #[test]
    fn a_line_knows_the_file_that_a_reader_opens() {
        let laid =
            lay("impl X {\n// ANCHOR: two\nfn two() -> u32 {\n    2\n}\n// ANCHOR_END: two\n}\n")
                .unwrap();
        let place = |line| {
            let origin = laid.origin(line).unwrap();
            let name = origin.file.file_name().unwrap().to_str().unwrap();
            format!("{name}:{}", origin.line)
        };
        assert_eq!(place(4), "lib.rs:4");
        assert_eq!(place(8), "fix.rs:3");
        assert_eq!(place(13), "lib.rs:11");
        assert_eq!(laid.origin(14), None);
    }

    #[test]
    fn a_section_that_the_base_does_not_have_is_named_with_its_line() {
        let three = "\n// ANCHOR: three\n// ANCHOR_END: three\n";
        refuses(three, "fix.rs:2: ");
        refuses(three, "lib.rs has no section `three`");
    }

    #[test]
    fn a_section_that_stands_twice_or_does_not_end_is_named() {
        let twice = "// ANCHOR: one\n// ANCHOR_END: one\n".repeat(2);
        for (text, expected) in [
            (twice.as_str(), "fix.rs:3: section `one` stands twice"),
            ("// ANCHOR: one\n", "fix.rs:1: section `one` does not end"),
            (
                "// ANCHOR: one\n// ANCHOR_END: two\n",
                "fix.rs:2: section `two` was not begun",
            ),
            (
                "// ANCHOR: one\n// ANCHOR: two\n",
                "fix.rs:2: section `two` begins inside `one`",
            ),
        ] {
            refuses(text, expected);
        }
    }

    #[test]
    fn a_section_is_changed_where_another_text_has_it_otherwise_or_not_at_all() {
        let changed = |other: &str| {
            let (root, other) = (Root::at("/"), source("other.rs", other));
            source("lib.rs", BASE)
                .sections_changed_in(&root, &other)
                .unwrap()
        };
        assert_eq!(changed(BASE), [""; 0]);
        assert_eq!(
            changed(&BASE.replace("use std::fmt;", "use std::io;")),
            [""; 0]
        );
        assert_eq!(changed(&BASE.replace("fn two()", "fn to()")), ["two"]);
        assert_eq!(changed("mod check;\n"), ["one", "two"]);
    }

    #[test]
    fn sections_that_change_nothing_are_refused() {
        let same = "// ANCHOR: one\nfn one() {}\n// ANCHOR_END: one\n";
        let refused = source("fix.rs", same).laid_over(&Root::at("/"), &source("lib.rs", BASE));
        let refused = refused.unwrap_err().to_string();
        assert!(
            refused.contains("fix.rs: its sections change nothing in "),
            "{refused}"
        );
    }

    #[test]
    fn a_text_without_marks_or_with_its_own_check_module_is_whole() {
        assert!(source("a.rs", "// ANCHOR: one\n// ANCHOR_END: one\n").is_overlay());
        assert!(!source("a.rs", "fn one() {}\n").is_overlay());
        assert!(!source("a.rs", BASE).is_overlay());
    }
}
