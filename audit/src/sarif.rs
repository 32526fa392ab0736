//! Findings for code scanning: SARIF 2.1.0, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::HashMap;
use std::io::Write;

use audit_rules::{Confidence, RULES, Rule};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::arguments::Arguments;
use crate::audit::{Audit, Found};
use crate::problem::Problems;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes one run.
pub fn write(
    audit: &Audit,
    arguments: &Arguments,
    problems: &Problems,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut times = HashMap::new();
    let results: Vec<Value> = audit
        .found
        .iter()
        .map(|found| result(found, &mut times))
        .collect();
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| descriptor(rule, arguments))
        .collect();
    let notes: Vec<Value> = problems
        .lines()
        .iter()
        .map(|line| json!({ "level": "warning", "message": { "text": line } }))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "inference-audit",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !problems.is_misused(),
                "toolExecutionNotifications": notes,
            }],
            "results": results,
        }],
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&log)?)?;
    Ok(())
}

fn descriptor(rule: &Rule, arguments: &Arguments) -> Value {
    let link = arguments.link(rule);
    let mut descriptor = json!({
        "id": rule.id,
        "shortDescription": { "text": rule.finds },
        "fullDescription": { "text": rule.why },
        "help": {
            "text": format!("{}\n\n{}\n\nMore of it: {link}.", rule.finds, rule.why),
            "markdown": format!("{}\n\n{}\n\nMore of it: [{}]({link}).", rule.finds, rule.why, rule.chapter()),
        },
        "defaultConfiguration": { "level": level(rule) },
        "properties": {
            "tags": ["inference", rule.pitfall()],
            "precision": match rule.confidence {
                Confidence::Likely => "high",
                Confidence::LookHere => "medium",
            },
        },
    });
    if !arguments.book.is_empty() {
        descriptor["helpUri"] = json!(link);
    }
    descriptor
}

fn level(rule: &Rule) -> &'static str {
    match rule.confidence {
        Confidence::Likely => "warning",
        Confidence::LookHere => "note",
    }
}

/// `times` counts what has the same line, so that each gets a fingerprint of its own.
fn result<'a>(found: &'a Found, times: &mut HashMap<(&'a str, &'a str, String), usize>) -> Value {
    let Found { path, place, .. } = found;
    let rule = found.finding.rule;
    let line = place.first_line();
    let time = times.entry((rule.id, path, line.clone())).or_default();
    let fingerprint = Sha256::digest(format!("{}\n{path}\n{line}\n{time}", rule.id));
    *time += 1;
    let fingerprint: String = fingerprint[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    json!({
        "ruleId": rule.id,
        "ruleIndex": RULES.iter().position(|it| it.id == rule.id),
        "level": level(rule),
        "message": { "text": format!("{} Here: {}.", rule.finds, found.finding.label) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(path) },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        } }],
        "partialFingerprints": { "ruleFileAndLine/v1": fingerprint },
    })
}

/// A path as a reference: what has a meaning in one is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    // `C:` and a first part with a colon would be a scheme.
    if path
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'))
    {
        uri += if path.as_bytes().get(1..3) == Some(b":/") {
            "file:///"
        } else {
            "./"
        };
    } else if path.starts_with('/') {
        uri += "file://";
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b':' => {
                uri.push(byte.into());
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}
