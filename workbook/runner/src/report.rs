use std::fmt::Write;

use crate::{CheckResult, CheckState, Outcome, Verdict};

/// A chapter's verdict in a few words: `passes`, `3 of 8 checks pass`, `does not compile`, `timed out`.
pub fn one_line(verdict: &Verdict) -> String {
    match &verdict.outcome {
        Outcome::Error { message } => message.clone(),
        Outcome::DoesNotCompile { .. } => "does not compile".into(),
        Outcome::Ran { .. } if verdict.passes() => "passes".into(),
        Outcome::Ran { checks, .. } => {
            let passed = checks.iter().filter(|check| check.passed()).count();
            let timed_out = checks
                .iter()
                .any(|check| check.state == CheckState::TimedOut);
            let ending = if timed_out { ", timed out" } else { "" };
            format!("{passed} of {} checks pass{ending}", checks.len())
        }
    }
}

/// A chapter's verdict in full, its most useful line first: the first failing check with its whole
/// message, then the others in a line each.
pub fn text(verdict: &Verdict) -> String {
    let mut text = String::new();
    match &verdict.outcome {
        Outcome::Error { message } => text.push_str(message),
        Outcome::DoesNotCompile { errors } => {
            let count = errors.len();
            let plural = if count == 1 { "" } else { "s" };
            let _ = writeln!(
                text,
                "✗ the compiler reports {count} error{plural}, this one first\n"
            );
            text.push_str(errors.first().map_or("", String::as_str));
        }
        Outcome::Ran { checks, .. } => {
            let first = checks.iter().position(|check| !check.passed());
            if let Some(check) = first.map(|index| &checks[index]) {
                let _ = writeln!(text, "✗ {}", check.sentence);
                for line in check.message.lines() {
                    let _ = writeln!(text, "{}", format!("  {line}").trim_end());
                }
                if let Some(at) = &check.at {
                    let _ = writeln!(text, "  at {at}");
                }
                if check.promises.len() <= 3 {
                    for promise in &check.promises {
                        let _ = writeln!(text, "  promise {}: {}", promise.number, promise.text);
                    }
                } else {
                    // All their texts would hide the failure.
                    let numbers = check
                        .promises
                        .iter()
                        .map(|promise| promise.number.to_string());
                    let numbers: Vec<String> = numbers.collect();
                    let chapter = &verdict.chapter;
                    let _ = writeln!(
                        text,
                        "  promises {} of exercises/{chapter}/README.md",
                        numbers.join(", ")
                    );
                }
                text.push('\n');
            }
            let others = checks
                .iter()
                .enumerate()
                .filter(|(index, _)| Some(*index) != first);
            for (_, check) in others {
                let _ = writeln!(text, "{}", short(check));
            }
        }
    }
    text.trim_end().to_owned() + "\n"
}

fn short(check: &CheckResult) -> String {
    if check.passed() {
        return format!("✓ {}", check.sentence);
    }
    let mut lines = check.message.lines();
    let first = lines.next().unwrap_or_default();
    // What was seen says little without what should have been.
    let expected = match lines.next() {
        Some(line) if line.starts_with("expected") => format!("; {}", spaced_once(line)),
        _ => String::new(),
    };
    format!("✗ {}: {}{expected}", check.sentence, spaced_once(first))
}

/// Without the blanks that put words below each other.
fn spaced_once(line: &str) -> String {
    line.split_whitespace().collect::<Vec<&str>>().join(" ")
}
