use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::{CheckResult, CheckState, Outcome, Promise, Verdict};

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

/// The same as [`one_line`], in these styles.
pub fn one_line_in(verdict: &Verdict, styles: &Styles) -> String {
    let Styles { pass, fail, .. } = styles;
    let line = one_line(verdict);
    match verdict.checks() {
        None => format!("{fail}{line}{fail:#}"),
        Some(_) if verdict.passes() => format!("{pass}{line}{pass:#}"),
        // Nothing is wrong yet where nobody has begun.
        Some(_) => line,
    }
}

/// How the parts of a verdict look in a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Styles {
    /// What passes, or is added.
    pub pass: Style,
    /// What fails, or is taken away.
    pub fail: Style,
    /// What may be wrong.
    pub warn: Style,
    /// What is to be read first.
    pub strong: Style,
    /// Where something is: a file, a line, a promise.
    pub place: Style,
}

/// For a terminal.
pub const COLOURED: Styles = Styles {
    pass: AnsiColor::Green.on_default(),
    fail: AnsiColor::Red.on_default().bold(),
    warn: AnsiColor::Yellow.on_default().bold(),
    strong: Style::new().bold(),
    place: AnsiColor::Cyan.on_default(),
};

/// For a file, a page, a pipe.
pub const PLAIN: Styles = Styles {
    pass: Style::new(),
    fail: Style::new(),
    warn: Style::new(),
    strong: Style::new(),
    place: Style::new(),
};

/// A chapter's verdict in full, its most useful line first: the first failing check with its whole
/// message, then the others in a line each.
pub fn text(verdict: &Verdict) -> String {
    text_in(verdict, &PLAIN)
}

/// The same as [`text`], in these styles.
pub fn text_in(verdict: &Verdict, styles: &Styles) -> String {
    let mut text = first_failure(verdict, styles);
    if !text.is_empty() {
        text.push('\n');
    }
    for check in other_checks(verdict) {
        let _ = writeln!(text, "{}", short(check, styles));
    }
    text.trim_end().to_owned() + "\n"
}

/// What is to be mended first, in full: the first check that fails, or the compiler's first error. Empty if all pass.
pub fn first_failure(verdict: &Verdict, styles: &Styles) -> String {
    match &verdict.outcome {
        Outcome::Error { message } => message.clone() + "\n",
        Outcome::DoesNotCompile { errors } => {
            let count = errors.len();
            let plural = if count == 1 { "" } else { "s" };
            let Styles { fail, .. } = styles;
            let first = errors.first().map_or("", String::as_str);
            format!(
                "{fail}✗ the compiler reports {count} error{plural}, this one first{fail:#}\n\n{}\n",
                diagnostic(first, styles)
            )
        }
        Outcome::Ran { checks, .. } => {
            let first = checks.iter().find(|check| !check.passed());
            first.map_or_else(String::new, |check| {
                in_full(check, &verdict.chapter, styles)
            })
        }
    }
}

/// The checks of which [`first_failure`] says nothing, in the chapter's order.
pub fn other_checks(verdict: &Verdict) -> impl Iterator<Item = &CheckResult> {
    let checks = verdict.checks().unwrap_or_default();
    let first = checks.iter().position(|check| !check.passed());
    let checks = checks.iter().enumerate();
    checks
        .filter(move |(index, _)| Some(*index) != first)
        .map(|(_, check)| check)
}

fn in_full(check: &CheckResult, chapter: &str, styles: &Styles) -> String {
    let Styles {
        fail,
        strong,
        place,
        ..
    } = styles;
    let mut text = format!("{fail}✗ {}{fail:#}\n", check.sentence);
    let expected = expected(&check.message).map(|(index, _)| index);
    for (index, line) in check.message.lines().enumerate() {
        // What was seen and what was expected.
        let line = if index == 0 || Some(index) == expected {
            format!("  {strong}{line}{strong:#}")
        } else {
            format!("  {line}").trim_end().to_owned()
        };
        let _ = writeln!(text, "{line}");
    }
    if let Some(at) = &check.at {
        let _ = writeln!(text, "  at {place}{at}{place:#}");
    }
    let promises = check.broken_promises();
    if promises.len() <= 3 {
        for Promise {
            number,
            text: promise,
        } in promises
        {
            let _ = writeln!(text, "  {place}promise {number}:{place:#} {promise}");
        }
    } else {
        // All their texts would hide the failure.
        let numbers = promises.iter();
        let numbers: Vec<String> = numbers.map(|promise| promise.number.to_string()).collect();
        let _ = writeln!(
            text,
            "  promises {} of {place}exercises/{chapter}/README.md{place:#}",
            numbers.join(", ")
        );
    }
    text
}

/// What rustc renders, coloured much as rustc colours it.
fn diagnostic(rendered: &str, styles: &Styles) -> String {
    let Styles {
        fail,
        warn,
        strong,
        place,
        ..
    } = styles;
    let lines = rendered.lines().enumerate().map(|(index, line)| {
        let start = line.trim_start();
        let begins_with = |mark: &str| start.starts_with(mark);
        if index == 0 {
            let head = if begins_with("error") { fail } else { warn };
            let (kind, message) = line.split_once(':').unwrap_or((line, ""));
            let colon = if message.is_empty() { "" } else { ":" };
            return format!("{head}{kind}{head:#}{strong}{colon}{message}{strong:#}");
        }
        // The gutter: an arrow, or a line's number and a bar.
        let bar = start.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(arrow) = ["-->", ":::"].into_iter().find(|arrow| begins_with(arrow)) {
            let (gutter, file) = line.split_once(arrow).unwrap_or_default();
            return format!("{place}{gutter}{arrow}{place:#}{file}");
        }
        match bar
            .trim_start()
            .starts_with('|')
            .then(|| line.split_once('|'))
            .flatten()
        {
            Some((gutter, code)) if code.trim_start().starts_with('^') => {
                format!("{place}{gutter}|{place:#}{fail}{code}{fail:#}")
            }
            Some((gutter, code)) => format!("{place}{gutter}|{place:#}{code}"),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// The line of a message that says what was expected, and its number. What was seen may take several before it; a table of
/// steps, after a blank line, says nothing of the kind.
fn expected(message: &str) -> Option<(usize, &str)> {
    let lines = message.lines().enumerate();
    lines
        .take_while(|(_, line)| !line.is_empty())
        .skip(1)
        .find(|(_, line)| line.starts_with("expected"))
}

/// A check in one line.
pub fn short(check: &CheckResult, styles: &Styles) -> String {
    let Styles { pass, fail, .. } = styles;
    if check.passed() {
        return format!("{pass}✓{pass:#} {}", check.sentence);
    }
    let first = check.message.lines().next().unwrap_or_default();
    // What was seen says little without what should have been.
    let expected = expected(&check.message);
    let expected =
        expected.map_or_else(String::new, |(_, line)| format!("; {}", spaced_once(line)));
    format!(
        "{fail}✗{fail:#} {}: {}{expected}",
        check.sentence,
        spaced_once(first)
    )
}

/// Without the blanks that put words below each other.
fn spaced_once(line: &str) -> String {
    line.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CheckState;

    #[test]
    fn one_line_says_what_was_expected_also_where_what_was_seen_takes_two() {
        let check = CheckResult {
            name: "a_file_is_named".into(),
            sentence: "a file is named".into(),
            state: CheckState::Failed,
            message: "refused as Missing\nmodel.onnx: there is no such file\nexpected: refused as Unreadable\nit is there\n\nexpected by nobody".into(),
            at: None,
            promises: Vec::new(),
            broken: None,
            trace: None,
        };
        assert_eq!(
            short(&check, &PLAIN),
            "✗ a file is named: refused as Missing; expected: refused as Unreadable"
        );
    }
}
