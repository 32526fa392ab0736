//! The crates that files belong to, and what their Cargo.toml says to the auditor.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use audit_rules::{Manifest, Rule, line, unused, without_reason};
use toml_edit::{Item, Value};

use crate::problem::{Problems, full};

/// What a Cargo.toml says.
#[derive(Debug)]
pub struct Crate {
    /// The Cargo.toml.
    pub path: PathBuf,
    text: String,
    /// Whether it has a `[package]`.
    is_package: bool,
    allows: Vec<Allow>,
    /// What in it is wrong, with its place.
    wrong: Vec<(usize, String)>,
}

/// An entry of `allow` in `[package.metadata.inference-audit]` or `[workspace.metadata.inference-audit]`.
#[derive(Debug)]
struct Allow {
    rule: &'static Rule,
    at: usize,
    is_used: bool,
}

/// Every Cargo.toml that stands above a file.
#[derive(Debug, Default)]
pub struct Crates {
    by_folder: HashMap<PathBuf, Option<usize>>,
    all: Vec<Crate>,
}

impl Crates {
    /// The Cargo.toml files above a file, the nearest first.
    pub fn above(&mut self, file: &Path) -> Vec<usize> {
        full(file)
            .ancestors()
            .skip(1)
            .filter_map(|folder| self.in_folder(folder))
            .collect()
    }

    /// The package that a file is of.
    pub fn package(&mut self, file: &Path) -> Option<usize> {
        self.above(file)
            .into_iter()
            .find(|index| self.all[*index].is_package)
    }

    /// The folders of the packages that these files are of.
    pub fn folders(&mut self, files: &[PathBuf]) -> Vec<PathBuf> {
        let mut packages: Vec<usize> = files.iter().filter_map(|file| self.package(file)).collect();
        packages.sort_unstable();
        packages.dedup();
        let manifests = packages.into_iter().map(|index| &self.all[index].path);
        manifests
            .filter_map(|path| path.parent())
            .map(Path::to_owned)
            .collect()
    }

    fn in_folder(&mut self, folder: &Path) -> Option<usize> {
        if let Some(known) = self.by_folder.get(folder) {
            return *known;
        }
        let found = read(&folder.join("Cargo.toml")).map(|krate| {
            self.all.push(krate);
            self.all.len() - 1
        });
        self.by_folder.insert(folder.to_owned(), found);
        found
    }

    /// Whether a Cargo.toml above the file allows what this rule finds.
    pub fn allow(&mut self, file: &Path, rule: &Rule) -> bool {
        let mut is_allowed = false;
        for index in self.above(file) {
            for allow in &mut self.all[index].allows {
                if allow.rule.id == rule.id {
                    allow.is_used = true;
                    is_allowed = true;
                }
            }
        }
        is_allowed
    }

    /// Tells what is wrong with the entries of these Cargo.toml files; whether one is used is known only where the whole folder
    /// was audited.
    pub fn complain(&self, audited: &[PathBuf], problems: &mut Problems) {
        for path in audited {
            let full = full(path);
            let Some(krate) = self.all.iter().find(|krate| krate.path == full) else {
                continue;
            };
            for (at, what) in &krate.wrong {
                problems.at_line(path, line(&krate.text, *at), what);
            }
            for allow in krate.allows.iter().filter(|allow| !allow.is_used) {
                problems.at_line(path, line(&krate.text, allow.at), unused(allow.rule.id));
            }
        }
    }
}

/// What cannot be read is told where it is audited, and says nothing here.
fn read(path: &Path) -> Option<Crate> {
    let text = fs::read_to_string(path).ok()?;
    let manifest = Manifest::read(text).ok()?;
    let document = &manifest.document;
    let mut krate = Crate {
        path: path.to_owned(),
        text: manifest.text.clone(),
        is_package: document.get("package").is_some(),
        allows: Vec::new(),
        wrong: Vec::new(),
    };
    for table in ["package", "workspace"] {
        let metadata = document.get(table).and_then(|table| table.get("metadata"));
        if let Some(item) = metadata.and_then(|metadata| metadata.get("inference-audit")) {
            krate.take(item);
        }
    }
    if let Some((key, _)) = document.get_key_value("inference-audit") {
        let what = "cargo does not know this table: write `[package.metadata.inference-audit]`, or `workspace` for `package`";
        krate.wrong.push((start(key.span()), what.to_owned()));
    }
    Some(krate)
}

impl Crate {
    fn take(&mut self, table: &Item) {
        let at = start(table.span());
        let Some(table) = table.as_table_like() else {
            return self
                .wrong
                .push((at, "`inference-audit` is a table".to_owned()));
        };
        for (name, item) in table.iter() {
            if name != "allow" {
                let what = format!("`inference-audit` has no `{name}`: `allow` is all");
                self.wrong.push((start(item.span()), what));
            } else if let Some(entries) = item.as_array() {
                entries.iter().for_each(|entry| self.take_entry(entry));
            } else if let Some(tables) = item.as_array_of_tables() {
                for table in tables {
                    let word = |name| table.get(name).and_then(Item::as_str);
                    self.take_words(start(table.span()), word("id"), word("reason"));
                }
            } else {
                let what = "`allow` is a list: `allow = [{ id = \"..\", reason = \"..\" }]`";
                self.wrong.push((start(item.span()), what.to_owned()));
            }
        }
    }

    fn take_entry(&mut self, entry: &Value) {
        let word = |name| entry.as_inline_table()?.get(name).and_then(Value::as_str);
        self.take_words(start(entry.span()), word("id"), word("reason"));
    }

    fn take_words(&mut self, at: usize, id: Option<&str>, reason: Option<&str>) {
        let Some(id) = id else {
            let what =
                "an entry of `allow` has an id and a reason: `{ id = \"..\", reason = \"..\" }`";
            return self.wrong.push((at, what.to_owned()));
        };
        match Rule::called(id) {
            Err(unknown) => self.wrong.push((at, unknown)),
            Ok(_) if reason.is_none_or(|reason| reason.trim().is_empty()) => {
                self.wrong.push((at, without_reason(id)));
            }
            Ok(rule) => self.allows.push(Allow {
                rule,
                at,
                is_used: false,
            }),
        }
    }
}

fn start(span: Option<Range<usize>>) -> usize {
    span.map_or(0, |span| span.start)
}
