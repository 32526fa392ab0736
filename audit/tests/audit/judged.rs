//! What the findings in published crates were judged to be: `judged.tsv`, from a sample of what `.ci/audit-crates` prints.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use audit_rules::{Confidence, Rule};
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::{Assert, Data, IntoData};

/// A finding, and whether somebody who knows the pitfall would want to be shown it.
struct Judgement {
    rule: String,
    package: String,
    useful: bool,
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn judgements() -> Vec<Judgement> {
    let text = fs::read_to_string(file("judged.tsv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    assert_eq!(header, "rule\tcrate\tversion\tfile\tline\tuseful\treason");
    rows.lines().map(judgement).collect()
}

fn judgement(row: &str) -> Judgement {
    let cells: Vec<_> = row.split('\t').collect();
    let [rule, name, version, _, line, useful, reason] = cells[..] else {
        panic!("not 7 cells: {row}");
    };
    assert!(line.parse::<u32>().is_ok(), "no line: {row}");
    assert!(["yes", "no"].contains(&useful), "neither yes nor no: {row}");
    assert!(!reason.is_empty(), "no reason: {row}");
    Judgement {
        rule: rule.to_owned(),
        package: format!("{name} {version}"),
        useful: useful == "yes",
    }
}

/// How many findings of each rule are useful, and how many were judged.
fn counts() -> BTreeMap<String, (usize, usize)> {
    let mut counts = BTreeMap::new();
    for each in judgements() {
        let (useful, judged) = counts.entry(each.rule).or_insert((0, 0));
        *useful += usize::from(each.useful);
        *judged += 1;
    }
    counts
}

#[test]
fn at_least_100_findings_of_pinned_crates_are_judged_each_of_them_once() {
    let text = fs::read_to_string(file("judged.tsv")).unwrap();
    let places: Vec<_> = text
        .lines()
        .map(|row| row.rsplitn(3, '\t').last())
        .collect();
    let distinct: HashSet<_> = places.iter().collect();
    assert_eq!(distinct.len(), places.len(), "a finding is judged twice");

    let crates = fs::read_to_string(file("crates.txt")).unwrap();
    let judged = judgements();
    assert!(judged.len() >= 100, "{} judgements", judged.len());
    for each in judged {
        let is_pinned = crates.lines().any(|line| line == each.package);
        assert!(is_pinned, "not in crates.txt: {}", each.package);
    }
}

#[test]
fn at_least_half_of_what_a_likely_rule_finds_is_useful() {
    for (id, (useful, judged)) in counts() {
        let rule = Rule::called(&id).unwrap();
        assert!(
            rule.confidence == Confidence::LookHere || 2 * useful >= judged,
            "{id}: {useful} of {judged} are useful: narrow it, or make it `LookHere`"
        );
    }
}

#[test]
fn the_readme_shows_how_many_findings_of_each_rule_are_useful() {
    const BEGIN: &str = "<!-- judged -->\n";
    const END: &str = "<!-- /judged -->\n";
    let readme = file("README.md");
    let text = fs::read_to_string(&readme).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut table = "| Rule | Confidence | Useful | Judged |\n|---|---|---|---|\n".to_owned();
    let mut all = (0, 0);
    for (id, (useful, judged)) in counts() {
        let confidence = Rule::called(&id).unwrap().confidence.name();
        table += &format!("| `{id}` | {confidence} | {useful} | {judged} |\n");
        all = (all.0 + useful, all.1 + judged);
    }
    table += &format!("| all | | {} | {} |\n", all.0, all.1);
    let made = format!("{before}{BEGIN}{table}{END}{after}");
    Assert::new()
        .action_env(DEFAULT_ACTION_ENV)
        .eq(made.into_data(), Data::read_from(&readme, None).raw());
}
