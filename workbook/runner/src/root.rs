use anyhow::{Context, anyhow};
use std::path::{Path, PathBuf};

use crate::Chapter;

/// The folder of the workbook: the one that holds `book.toml` and `exercises`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    folder: PathBuf,
    target_dir: PathBuf,
}

impl Root {
    /// Takes `folder` as the workbook's. What cargo makes goes into its `target`.
    pub fn at(folder: impl Into<PathBuf>) -> Root {
        let folder = folder.into();
        Root {
            target_dir: folder.join("target"),
            folder,
        }
    }

    /// Finds the workbook that cargo runs us from, or else the one around the current folder. What cargo
    /// makes goes where `CARGO_TARGET_DIR` says.
    pub fn find() -> anyhow::Result<Root> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let current = std::env::current_dir().ok();
        package
            .iter()
            .chain(&current)
            .flat_map(|start| start.ancestors())
            .find(|folder| folder.join("book.toml").is_file() && folder.join("exercises").is_dir())
            .map(|folder| {
                let root = Root::at(folder);
                match std::env::var_os("CARGO_TARGET_DIR") {
                    Some(target_dir) => Root {
                        target_dir: folder.join(target_dir),
                        ..root
                    },
                    None => root,
                }
            })
            .ok_or_else(|| {
                anyhow!(
                    "not inside the workbook: go to the folder that holds book.toml and exercises/"
                )
            })
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// What the workbook itself keeps between two runs. It is no part of the repository.
    pub fn state_dir(&self) -> PathBuf {
        self.folder.join(".workbook")
    }

    /// Where cargo puts what it makes, for exercises and variants alike: both use the same compiled
    /// dependencies.
    pub fn target_dir(&self) -> &Path {
        &self.target_dir
    }

    /// Every chapter's folder name under `exercises/`, in the book's order.
    ///
    /// The folders are the list: a chapter is added by adding its folder.
    pub fn names(&self) -> anyhow::Result<Vec<String>> {
        let folder = self.folder.join("exercises");
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("cannot read {}", folder.display()))?;
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| is_chapter_name(name))
            .collect();
        names.sort();
        Ok(names)
    }

    /// The names that `filter` stands for: `ch02`, `2`, `chapter 2`, `ordering` and `ch02-ordering` all find the same
    /// chapter, no filter finds all.
    pub fn matching(&self, filter: Option<&str>) -> anyhow::Result<Vec<String>> {
        let names = self.names()?;
        let Some(filter) = filter else {
            return Ok(names);
        };
        let wanted = filter.trim().trim_end_matches('/').to_lowercase();
        let with_its_number = |name: &&String| {
            let own = name.split('-').next().and_then(number_of);
            own.is_some() && own == number_of(&wanted)
        };
        let mut found: Vec<String> = names.iter().filter(with_its_number).cloned().collect();
        if found.is_empty() && wanted.contains(char::is_alphabetic) {
            let is_part = |name: &&String| name.contains(&wanted);
            found = names.iter().filter(is_part).cloned().collect();
        }
        if found.is_empty() {
            return Err(anyhow!(
                "no chapter matches `{filter}`: the chapters are {}",
                names.join(", ")
            ));
        }
        Ok(found)
    }

    /// The one name that `filter` stands for.
    pub fn one(&self, filter: &str) -> anyhow::Result<String> {
        let mut found = self.matching(Some(filter))?;
        match found.len() {
            1 => Ok(found.remove(0)),
            _ => Err(anyhow!(
                "`{filter}` matches {}: name one of them",
                found.join(" and ")
            )),
        }
    }

    /// Reads one chapter by its full name.
    pub fn chapter(&self, name: &str) -> anyhow::Result<Chapter> {
        Chapter::load(self, name)
    }

    /// `path` as a reader writes it: from the workbook's folder, with forward slashes.
    pub fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.folder).unwrap_or(path);
        inside.display().to_string().replace('\\', "/")
    }
}

/// Whether this is a chapter's name: `ch02-ordering`, and not `checks`.
pub fn is_chapter_name(name: &str) -> bool {
    name.strip_prefix("ch")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The number in what a chapter is called: `ch02`, `ch2`, `chapter 2`, `02`.
fn number_of(name: &str) -> Option<u32> {
    let rest = name.strip_prefix("chapter").or(name.strip_prefix("ch"));
    let digits = rest.unwrap_or(name).trim_start_matches([' ', '-']);
    digits.parse().ok()
}
