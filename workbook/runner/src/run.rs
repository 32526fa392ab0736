use anyhow::anyhow;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::compile::{Compiled, compile};
use crate::process::{Ended, run_bounded};
use crate::source::Source;
use crate::{Chapter, Root, Variant};

/// How long a run may take before it is ended. A last net: checks bound themselves.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For cargo, dependencies included: the first build of a chapter fetches and compiles them.
    pub build: Duration,
    /// For one check.
    pub check: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            build: Duration::from_secs(20 * 60),
            check: Duration::from_secs(30),
        }
    }
}

/// What one run of a chapter's checks showed.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// `chNN-name`.
    pub chapter: String,
    /// The chapter's title; empty where its manifest could not be read.
    pub title: String,
    /// What was seen.
    pub outcome: Outcome,
    /// From the start of cargo to the last check's end, in milliseconds.
    pub milliseconds: u128,
}

/// What was seen in a run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Outcome {
    /// Every listed check, in order; and the compiler's warnings.
    Ran {
        /// One entry for every check that `chapter.toml` lists.
        checks: Vec<CheckResult>,
        /// As rustc renders them.
        warnings: Vec<String>,
    },
    /// The compiler's errors as rustc renders them.
    DoesNotCompile {
        /// First one first.
        errors: Vec<String>,
    },
    /// The workbook's own input is wrong, not the learner's answer.
    Error {
        /// One line: what, where, what to do.
        message: String,
    },
}

/// What one check showed.
#[derive(Debug, Clone, Serialize)]
pub struct CheckResult {
    /// The test function.
    pub name: String,
    /// The same as a sentence.
    pub sentence: String,
    /// How it ended.
    pub state: CheckState,
    /// Why it did not pass; empty if it did.
    pub message: String,
    /// `file:line` where it failed, from the workbook's folder.
    pub at: Option<String>,
    /// What it tests.
    pub promises: Vec<Promise>,
}

/// A promise of an exercise, as its README says it.
#[derive(Debug, Clone, Serialize)]
pub struct Promise {
    /// Counted from 1.
    pub number: usize,
    /// One or two sentences.
    pub text: String,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// It ran and held.
    Passed,
    /// It ran and did not hold.
    Failed,
    /// It did not end in time; its processes were ended.
    TimedOut,
    /// It is listed but did not run. Never counted as passed.
    DidNotRun,
}

impl Verdict {
    /// A verdict that only says what is wrong with the workbook's input.
    pub fn error(chapter: &str, title: &str, error: &anyhow::Error) -> Verdict {
        Verdict {
            chapter: chapter.to_owned(),
            title: title.to_owned(),
            outcome: Outcome::Error {
                message: format!("{error:#}"),
            },
            milliseconds: 0,
        }
    }

    /// Whether every listed check ran and passed.
    pub fn passes(&self) -> bool {
        self.checks()
            .is_some_and(|checks| checks.iter().all(CheckResult::passed))
    }

    /// The checks' results, if the chapter compiled.
    pub fn checks(&self) -> Option<&[CheckResult]> {
        match &self.outcome {
            Outcome::Ran { checks, .. } => Some(checks),
            _ => None,
        }
    }
}

impl CheckResult {
    /// Whether the check ran and held.
    pub fn passed(&self) -> bool {
        self.state == CheckState::Passed
    }
}

/// Runs the learner's own crate.
pub fn run_exercise(root: &Root, chapter: &Chapter, limits: Limits) -> Verdict {
    let exercise = chapter.exercise();
    let shown = root.shown(&exercise);
    if let Err(error) = std::fs::read_to_string(&exercise) {
        let short = chapter.short();
        let way_out = format!("`cargo workbook reset {short}` brings the shipped text back");
        let what = match error.kind() {
            std::io::ErrorKind::InvalidData => "is not UTF-8 text: save it as UTF-8".to_owned(),
            std::io::ErrorKind::NotFound => "is missing".to_owned(),
            _ => format!("cannot be read ({error})"),
        };
        let error = anyhow!("{shown} {what}; {way_out}");
        return Verdict::error(&chapter.name, &chapter.manifest.title, &error);
    }
    let layout = Layout {
        workspace: root.path().to_owned(),
        folder: format!("exercises/{}", chapter.name),
    };
    run(root, chapter, &layout, limits)
}

/// Runs the chapter's checks on another text of its `lib.rs`: shipped, wrong or solution.
pub fn run_variant(root: &Root, variant: &Variant, limits: Limits) -> Verdict {
    run_laid_out(root, variant, limits, &variant.label(root))
}

/// The same in a folder that the variants of a chapter use one after the other: what is compiled for one takes the
/// place of what was compiled for the last.
pub(crate) fn run_in_slot(root: &Root, variant: &Variant, limits: Limits, slot: usize) -> Verdict {
    let label = format!("{}--answer-{slot}", variant.chapter.name);
    run_laid_out(root, variant, limits, &label)
}

fn run_laid_out(root: &Root, variant: &Variant, limits: Limits, label: &str) -> Verdict {
    let chapter = &variant.chapter;
    let laid_out = || -> anyhow::Result<(Source, Layout)> {
        let source = variant.source(root)?;
        let layout = variant.lay_out(root, &source, label)?;
        Ok((source, layout))
    };
    match laid_out() {
        Ok((source, layout)) => {
            let mut verdict = run(root, chapter, &layout, limits);
            in_the_reader_s_files(&mut verdict, root, &layout, &source);
            verdict
        }
        Err(error) => Verdict::error(&chapter.name, &chapter.manifest.title, &error),
    }
}

/// Names the files that a reader can open in place of those that were laid out. What rustc renders shows line
/// numbers beside the code: where the text has more than one origin it keeps the laid-out file's name.
fn in_the_reader_s_files(verdict: &mut Verdict, root: &Root, layout: &Layout, source: &Source) {
    let laid_out = format!("{}/src/lib.rs", layout.folder);
    let exercise = format!("exercises/{}", verdict.chapter);
    let rendered = match source.only_file() {
        Some(file) => root.shown(file),
        None => root.shown(&layout.workspace.join(&laid_out)),
    };
    let in_diagnostics = |text: &mut String| {
        let parts = text.split(&laid_out);
        let parts: Vec<String> = parts
            .map(|part| part.replace(&layout.folder, &exercise))
            .collect();
        *text = parts.join(&rendered);
    };
    let in_messages = |text: &mut String| {
        let told = with_origins(text, &laid_out, |line| {
            let origin = source.origin(line)?;
            Some(format!("{}:{}", root.shown(&origin.file), origin.line))
        });
        *text = told.replace(&layout.folder, &exercise);
    };
    match &mut verdict.outcome {
        Outcome::Ran { checks, warnings } => {
            for check in checks {
                in_messages(&mut check.message);
                check.at.iter_mut().for_each(in_messages);
            }
            warnings.iter_mut().for_each(in_diagnostics);
        }
        Outcome::DoesNotCompile { errors } => errors.iter_mut().for_each(in_diagnostics),
        Outcome::Error { message } => in_diagnostics(message),
    }
}

/// `text` with each `file:LINE` in it replaced by what `origin` says of that line.
fn with_origins(text: &str, file: &str, origin: impl Fn(usize) -> Option<String>) -> String {
    let mut parts = text.split(file);
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.strip_prefix(':').unwrap_or_default();
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        match number[..digits].parse().ok().and_then(&origin) {
            Some(place) => {
                told.push_str(&place);
                told.push_str(&number[digits..]);
            }
            None => {
                told.push_str(file);
                told.push_str(part);
            }
        }
    }
    told
}

fn run(root: &Root, chapter: &Chapter, layout: &Layout, limits: Limits) -> Verdict {
    let start = Instant::now();
    let outcome = match compile(
        &layout.workspace,
        &chapter.name,
        root.target_dir(),
        limits.build,
    ) {
        Compiled::Errors(errors) => Outcome::DoesNotCompile { errors },
        Compiled::CargoFailed(message) => Outcome::Error { message },
        Compiled::Program {
            executable,
            warnings,
        } => {
            let folder = layout.workspace.join(&layout.folder);
            Outcome::Ran {
                checks: run_checks(chapter, &executable, &folder, limits),
                warnings,
            }
        }
    };
    Verdict {
        chapter: chapter.name.clone(),
        title: chapter.manifest.title.clone(),
        outcome,
        milliseconds: start.elapsed().as_millis(),
    }
}

/// Runs every check as a process of its own, all at once: one that hangs or aborts says nothing about
/// the others, and a run lasts no longer than the slowest check may.
fn run_checks(
    chapter: &Chapter,
    executable: &Path,
    folder: &Path,
    limits: Limits,
) -> Vec<CheckResult> {
    let run_one = |name: &str| {
        let mut command = Command::new(executable);
        command
            .args(["--exact", &format!("check::{name}"), "--nocapture"])
            .current_dir(folder)
            .env("CARGO_MANIFEST_DIR", folder)
            .env("RUST_BACKTRACE", "0");
        run_bounded(command, limits.check)
    };
    thread::scope(|scope| {
        let running: Vec<_> = chapter
            .manifest
            .checks
            .iter()
            .map(|check| (check, scope.spawn(|| run_one(check.name.get_ref()))))
            .collect();
        running
            .into_iter()
            .map(|(check, thread)| {
                let name = check.name.get_ref();
                let ended = thread.join().expect("run_bounded does not panic");
                let (state, message, at) = match ended {
                    Ok(ended) => read_check(name, &ended, limits.check),
                    Err(error) => (
                        CheckState::DidNotRun,
                        format!("does not start: {error}"),
                        None,
                    ),
                };
                let promises = check.promises.iter().map(|number| Promise {
                    number: *number.get_ref(),
                    text: chapter.promises[number.get_ref() - 1].clone(),
                });
                CheckResult {
                    name: name.clone(),
                    sentence: check.sentence(),
                    state,
                    message,
                    at,
                    promises: promises.collect(),
                }
            })
            .collect()
    })
}

/// Tells from what a check's process printed how the check ended.
fn read_check(name: &str, ended: &Ended, limit: Duration) -> (CheckState, String, Option<String>) {
    let Some(status) = ended.status else {
        let message = format!(
            "did not end within {} s and was stopped: a loop that never ends, or a blocked thread",
            limit.as_secs()
        );
        return (CheckState::TimedOut, message, None);
    };
    if status.success() && ended.stdout.contains("test result: ok. 1 passed") {
        return (CheckState::Passed, String::new(), None);
    }
    if status.success() && ended.stdout.contains("test result: ok.") {
        let message = format!(
            "`check::{name}` did not run: keep `#[cfg(test)] mod check;` in src/lib.rs, and src/check.rs \
             as shipped"
        );
        return (CheckState::DidNotRun, message, None);
    }
    match panic_of(name, &ended.stderr) {
        Some((message, at)) => (CheckState::Failed, message, Some(at)),
        None => (CheckState::Failed, without_a_panic(status, ended), None),
    }
}

/// The message and place of the check's own last panic, or else of any thread's.
fn panic_of(name: &str, stderr: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = stderr.lines().collect();
    let heads: Vec<(usize, &str, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| {
            let (thread, place) = line.strip_prefix("thread '")?.split_once("panicked at ")?;
            Some((
                index,
                thread.split('\'').next()?,
                place.trim_end_matches(':'),
            ))
        })
        .collect();
    let own = format!("check::{name}");
    let (head, _, place) = heads
        .iter()
        .rev()
        .find(|(_, thread, _)| *thread == own || *thread == "main")
        .or(heads.last())?;
    let message: Vec<&str> = lines[head + 1..]
        .iter()
        .take_while(|line| !line.starts_with("note: run with `RUST_BACKTRACE="))
        .take_while(|line| !(line.starts_with("thread '") && line.contains("panicked at ")))
        .copied()
        .collect();
    // `file:line:column`; the column only makes the line longer.
    let place = place
        .rsplit_once(':')
        .map_or(*place, |(file_and_line, _)| file_and_line);
    Some((
        message.join("\n").trim_end().to_owned(),
        place.replace('\\', "/"),
    ))
}

fn without_a_panic(status: ExitStatus, ended: &Ended) -> String {
    let last: Vec<&str> = ended
        .stderr
        .lines()
        .rev()
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    format!(
        "the check's process ended without a verdict ({status})\n{}",
        last.join("\n")
    )
    .trim_end()
    .to_owned()
}

/// Where a chapter's crate stands.
pub(crate) struct Layout {
    pub workspace: PathBuf,
    /// The crate's folder inside the workspace.
    pub folder: String,
}
