//! The findings that a project begins with. A finding is known again by its rule, its file and the text of its line, so that
//! it may move.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};

use crate::audit::{Audit, Found};
use crate::problem::{Problems, full, shown};

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    id: String,
    /// From the folder of the baseline file.
    path: String,
    line: String,
}

/// How often each finding is known.
type Baseline = BTreeMap<Known, usize>;

/// Writes what was found into a file, one line each.
pub fn write(file: &Path, audit: &Audit) -> anyhow::Result<()> {
    let mut all: Vec<Known> = audit.found.iter().map(|found| known(file, found)).collect();
    all.sort();
    let mut text = String::new();
    for known in &all {
        text += &serde_json::to_string(known)?;
        text.push('\n');
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", shown(file)))
}

/// Leaves what is new, gives how many were known, and tells what is gone.
pub fn leave_new(file: &Path, audit: &mut Audit, problems: &mut Problems) -> anyhow::Result<usize> {
    let mut left = read(file)?;
    let before = audit.found.len();
    audit
        .found
        .retain(|found| match left.get_mut(&known(file, found)) {
            Some(number) if *number > 0 => {
                *number -= 1;
                false
            }
            _ => true,
        });
    let audited: Vec<String> = audit.files.iter().map(|it| from_folder(file, it)).collect();
    for (known, number) in left.into_iter().filter(|(_, number)| *number > 0) {
        let is_there = folder(file).join(&known.path).exists();
        // Of a file that was not audited nothing is known.
        if audited.contains(&known.path) || !is_there {
            let times = if number == 1 {
                String::new()
            } else {
                format!(", {number} times")
            };
            let Known { id, path, line } = known;
            problems.say(format_args!(
                "{path}: `{id}` is gone{times}: take `{line}` out of the baseline"
            ));
        }
    }
    Ok(before - audit.found.len())
}

fn read(file: &Path) -> anyhow::Result<Baseline> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", shown(file)))?;
    let mut baseline = Baseline::new();
    for (index, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let known = serde_json::from_str(line)
            .map_err(|error| anyhow!("{}:{}: no baseline: {error}", shown(file), index + 1))?;
        *baseline.entry(known).or_default() += 1;
    }
    Ok(baseline)
}

fn known(file: &Path, found: &Found) -> Known {
    Known {
        id: found.finding.rule.id.to_owned(),
        path: from_folder(file, &found.file),
        line: found.place.first_line(),
    }
}

fn folder(file: &Path) -> PathBuf {
    full(full(file).parent().unwrap_or(Path::new("/")))
}

/// A path from the folder of the baseline file, if it is below.
fn from_folder(file: &Path, path: &Path) -> String {
    let path = full(path);
    shown(path.strip_prefix(folder(file)).unwrap_or(&path))
}
