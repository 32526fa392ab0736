//! Each rule has a fixture, written as real code is: it finds the lines that say `found`, and no other.

use std::fs;
use std::path::Path;

use inference_audit_rules::{
    Aliases, Check, Finding, Manifest, Options, RULES, Rule, Source, audit, audit_manifest,
};

fn fixture(rule: &Rule) -> String {
    let ending = match rule.check {
        Check::Code(_) => "rs",
        Check::Manifest(_) => "toml",
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(format!("{}.{ending}", rule.id.replace("::", "/")));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn findings(rule: &Rule, text: &str) -> Vec<Finding> {
    let all = match rule.check {
        Check::Code(_) => {
            let aliases = Aliases::of([text]);
            audit(&Source::read(text.to_owned(), &aliases, Options::default()).unwrap())
        }
        Check::Manifest(_) => audit_manifest(&Manifest::read(text.to_owned()).unwrap()),
    };
    all.into_iter()
        .filter(|finding| finding.rule.id == rule.id)
        .collect()
}

fn line(text: &str, place: usize) -> usize {
    text[..place].matches('\n').count() + 1
}

/// The lines that end with this mark.
fn marked(text: &str, mark: &str) -> Vec<usize> {
    let marks = [format!("// {mark}"), format!("# {mark}")];
    text.lines()
        .enumerate()
        .filter(|(_, line)| marks.iter().any(|mark| line.contains(mark.as_str())))
        .map(|(index, _)| index + 1)
        .collect()
}

#[test]
fn each_rule_finds_the_marked_lines_of_its_fixture_and_no_other() {
    for rule in RULES {
        let text = fixture(rule);
        let found: Vec<usize> = findings(rule, &text)
            .iter()
            .map(|finding| line(&text, finding.at.start))
            .collect();
        assert_eq!(found, marked(&text, "found"), "{}", rule.id);
    }
}

#[test]
fn each_fixture_marks_two_lines_that_are_found_and_two_that_are_silent() {
    for rule in RULES {
        let text = fixture(rule);
        assert!(marked(&text, "found").len() >= 2, "{}: found", rule.id);
        assert!(marked(&text, "silent:").len() >= 2, "{}: silent", rule.id);
    }
}
