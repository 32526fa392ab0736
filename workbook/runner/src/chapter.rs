use anyhow::anyhow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use crate::check_process::LAST_TEST;
use crate::promises::promises_in;
use crate::{Manifest, Root, Shipped};

/// One chapter: its folder under `exercises/` and what its `chapter.toml` says.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// `chNN-name`: the folder, the package and the page.
    pub name: String,
    /// The folder `exercises/chNN-name`.
    pub folder: PathBuf,
    /// What `chapter.toml` says.
    pub manifest: Manifest,
    /// What the exercise promises, as its README says it; the first has the number 1.
    pub promises: Vec<String>,
}

impl Chapter {
    /// Reads a chapter and refuses one whose manifest and code disagree.
    pub fn load(root: &Root, name: &str) -> anyhow::Result<Chapter> {
        let folder = root.path().join("exercises").join(name);
        let toml = Text::read(root, &folder.join("chapter.toml"))?;
        let manifest: Manifest = toml::from_str(&toml.text).map_err(|error| {
            let first_line = error
                .message()
                .lines()
                .next()
                .unwrap_or("not valid TOML")
                .to_owned();
            let way_out = match first_line.starts_with("missing field") {
                true => ": exercises/ch01-precision/chapter.toml shows each key",
                false => "",
            };
            let what = format!("{first_line}{way_out}");
            toml.error(error.span().unwrap_or_default(), &what)
        })?;
        let code = Text::read(root, &folder.join("src/check.rs"))?;
        listed_checks_are_the_code_s(&manifest, &toml, &code)?;
        if !["earned!()", LAST_TEST]
            .iter()
            .any(|last| code.text.contains(last))
        {
            let what = "no check counts as passed before `checks::earned!();` stands at the end";
            return Err(anyhow!("{}: {what}", code.shown));
        }
        claims_are_complete(&manifest, &toml)?;
        facts_are_complete(&manifest, &toml)?;
        wrong_fixes_are_the_folder_s(root, &manifest, &toml, &folder.join("wrong"))?;
        let readme = Text::read(root, &folder.join("README.md"))?;
        let promises = promises_in(&readme.text)
            .map_err(|(line, what)| anyhow!("{}:{line}: {what}", readme.shown))?;
        checks_and_promises_meet(&manifest, &toml, &promises)?;
        Ok(Chapter {
            name: name.to_owned(),
            folder,
            manifest,
            promises,
        })
    }

    /// The only file that a learner edits.
    pub fn exercise(&self) -> PathBuf {
        self.folder.join("src/lib.rs")
    }

    /// The exercise as the workbook ships it. It stands beside the learner's file because that one
    /// changes: the page, the tests and `reset` need a text that does not.
    pub fn shipped(&self) -> PathBuf {
        self.folder.join("shipped.rs")
    }

    /// The checks' names in order.
    pub fn check_names(&self) -> Vec<String> {
        self.manifest
            .checks
            .iter()
            .map(|check| check.name.get_ref().clone())
            .collect()
    }

    /// The checks that the shipped text fails, in order: the learner's work.
    pub fn work(&self) -> Vec<&str> {
        let checks = self.manifest.checks.iter();
        checks
            .filter(|check| check.shipped == Shipped::Fails)
            .map(|check| check.name.get_ref().as_str())
            .collect()
    }

    /// The short form that commands take: `ch02` of `ch02-ordering`.
    pub fn short(&self) -> &str {
        self.name.split('-').next().unwrap_or(&self.name)
    }

    /// What every page and list calls it: see [`heading`].
    pub fn heading(&self) -> String {
        heading(&self.name, &self.manifest.title)
    }
}

/// A chapter as it is called everywhere, with the number of its name: `3 · The batch that never fills` of
/// `ch03-batching`. So the page, `ch03` and "chapter 3" are seen to be one.
pub fn heading(name: &str, title: &str) -> String {
    let number = name.trim_start_matches("ch").split('-').next();
    let number = number.unwrap_or_default().trim_start_matches('0');
    format!("{number} · {title}")
}

/// A file of a chapter, kept with the name that messages show.
struct Text {
    shown: String,
    text: String,
}

impl Text {
    fn read(root: &Root, path: &Path) -> anyhow::Result<Text> {
        let shown = root.shown(path);
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Text { shown, text }),
            Err(error) => Err(anyhow!("{shown}: {error}; restore the file")),
        }
    }

    fn error(&self, at: Range<usize>, what: &str) -> anyhow::Error {
        let line = self.text[..at.start.min(self.text.len())]
            .matches('\n')
            .count()
            + 1;
        anyhow!("{}:{line}: {what}", self.shown)
    }
}

fn listed_checks_are_the_code_s(
    manifest: &Manifest,
    toml: &Text,
    code: &Text,
) -> anyhow::Result<()> {
    let mut in_code = tests_in(&code.text);
    in_code.retain(|(name, _)| name != LAST_TEST);
    let mut listed = BTreeSet::new();
    for check in &manifest.checks {
        let name = check.name.get_ref();
        if !in_code.iter().any(|(found, _)| found == name) {
            let what = format!("check `{name}` is not in {}", code.shown);
            return Err(toml.error(check.name.span(), &what));
        }
        if !listed.insert(name) {
            return Err(toml.error(check.name.span(), &format!("`{name}` is listed twice")));
        }
    }
    match in_code.iter().find(|(name, _)| !listed.contains(name)) {
        Some((name, line)) => Err(anyhow!(
            "{}:{line}: check `{name}` is not listed in {}",
            code.shown,
            toml.shown
        )),
        None => Ok(()),
    }
}

/// The test functions of a check file with their line numbers. A scan of lines, not a parser: rustfmt puts
/// the attribute and the `fn` on lines of their own, inside `proptest! { }` too.
fn tests_in(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut after_attribute = false;
    for (number, line) in code.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            after_attribute = true;
        } else if after_attribute && let Some((_, rest)) = line.split_once("fn ") {
            let name = rest
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next();
            found.push((name.unwrap_or_default().to_owned(), number + 1));
            after_attribute = false;
        }
    }
    found
}

fn claims_are_complete(manifest: &Manifest, toml: &Text) -> anyhow::Result<()> {
    for wrong in &manifest.wrong {
        if wrong.fails.is_empty() {
            let what = format!(
                "`{}` must name the checks that refuse it",
                wrong.file.get_ref()
            );
            return Err(toml.error(wrong.file.span(), &what));
        }
        for name in &wrong.fails {
            if !manifest
                .checks
                .iter()
                .any(|check| check.name.get_ref() == name.get_ref())
            {
                let what = format!("`{}` is no check of this chapter", name.get_ref());
                return Err(toml.error(name.span(), &what));
            }
        }
    }
    Ok(())
}

fn checks_and_promises_meet(
    manifest: &Manifest,
    toml: &Text,
    promises: &[String],
) -> anyhow::Result<()> {
    let mut tested = BTreeSet::new();
    for check in &manifest.checks {
        let name = check.name.get_ref();
        if check.promises.is_empty() {
            let what = format!("`{name}` tests no promise: name one with `promises = [..]`");
            return Err(toml.error(check.name.span(), &what));
        }
        for number in &check.promises {
            if !(1..=promises.len()).contains(number.get_ref()) {
                let what = format!(
                    "`{name}` tests promise {}, and README.md has {} promises",
                    number.get_ref(),
                    promises.len()
                );
                return Err(toml.error(number.span(), &what));
            }
            tested.insert(*number.get_ref());
        }
    }
    match (1..=promises.len()).find(|number| !tested.contains(number)) {
        Some(number) => Err(anyhow!(
            "{}: no check tests promise {number} of README.md: {}",
            toml.shown,
            promises[number - 1]
        )),
        None => Ok(()),
    }
}

fn facts_are_complete(manifest: &Manifest, toml: &Text) -> anyhow::Result<()> {
    let length = manifest.description.get_ref().chars().count();
    if !(40..=160).contains(&length) {
        let what = format!("a description of {length} characters: write 40 to 160");
        return Err(toml.error(manifest.description.span(), &what));
    }
    for (key, is_missing) in [
        ("symptoms", manifest.symptoms.is_empty()),
        ("short_goal", manifest.short_goal.is_empty()),
    ] {
        if is_missing {
            return Err(toml.error(0..0, &format!("`{key}` is empty: write one at least")));
        }
    }
    let is_check = |name: &&Spanned<String>| {
        let mut checks = manifest.checks.iter();
        checks.any(|check| check.name.get_ref() == name.get_ref())
    };
    match manifest.short_goal.iter().find(|name| !is_check(name)) {
        Some(name) => {
            let what = format!("`{}` is no check of this chapter", name.get_ref());
            Err(toml.error(name.span(), &what))
        }
        None => Ok(()),
    }
}

fn wrong_fixes_are_the_folder_s(
    root: &Root,
    manifest: &Manifest,
    toml: &Text,
    folder: &Path,
) -> anyhow::Result<()> {
    for wrong in &manifest.wrong {
        let file = wrong.file.get_ref();
        if !folder.join(file).is_file() {
            return Err(toml.error(wrong.file.span(), &format!("there is no wrong/{file}")));
        }
    }
    let on_disk = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in on_disk {
        let file = entry.file_name();
        if !manifest
            .wrong
            .iter()
            .any(|wrong| file.to_str() == Some(wrong.file.get_ref()))
        {
            return Err(anyhow!(
                "{}: not listed in {}",
                root.shown(&entry.path()),
                toml.shown
            ));
        }
    }
    Ok(())
}
