use std::thread;
use std::time::{Duration, Instant};

use anyhow::anyhow;

use crate::check_process::{CheckEnd, CheckProcess};
use crate::compile::{Compiled, compile};
use crate::layout::Layout;
use crate::manifest::Check;
use crate::origins::in_the_reader_s_files;
use crate::source::Source;
use crate::{Chapter, CheckResult, CheckState, Outcome, Promise, Root, Variant, Verdict, honest};

/// How long a run may take before it is ended. A last net: checks bound themselves.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For cargo, dependencies included: the first build of a chapter fetches and compiles them.
    pub build: Duration,
    /// For one check, in processor time.
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
        name: chapter.name.clone(),
    };
    run(root, chapter, &layout, limits)
}

/// Runs the chapter's checks on another text of its `lib.rs`: shipped, wrong or solution.
pub fn run_variant(root: &Root, variant: &Variant, limits: Limits) -> Verdict {
    let chapter = &variant.chapter;
    let laid_out = || -> anyhow::Result<(Source, Layout)> {
        let source = variant.source(root)?;
        let layout = variant.lay_out(root, &source, &variant.label(root))?;
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

fn run(root: &Root, chapter: &Chapter, layout: &Layout, limits: Limits) -> Verdict {
    let start = Instant::now();
    let compiled = compile(
        &layout.workspace,
        &[&layout.name],
        root.target_dir(),
        limits.build,
    );
    let compiled = compiled.into_iter().next().expect("one was compiled");
    let mut verdict = run_compiled(chapter, layout, compiled, limits, |_| true);
    verdict.milliseconds = start.elapsed().as_millis();
    verdict
}

/// The verdict of the checks that `wanted` chooses on what was compiled.
pub(crate) fn run_compiled(
    chapter: &Chapter,
    layout: &Layout,
    compiled: Compiled,
    limits: Limits,
    wanted: impl Fn(&Check) -> bool,
) -> Verdict {
    let outcome = match compiled {
        Compiled::Errors(errors) => Outcome::DoesNotCompile { errors },
        Compiled::CargoFailed(message) => Outcome::Error { message },
        Compiled::Program {
            executable,
            warnings,
        } => {
            let program = CheckProcess {
                executable,
                folder: layout.package(),
            };
            let checks = match honest::problem_with(&layout.package().join("src/lib.rs")) {
                Some((line, what)) => not_run(chapter, line, &what),
                None => run_checks(chapter, &program, limits, wanted),
            };
            Outcome::Ran { checks, warnings }
        }
    };
    Verdict {
        chapter: chapter.name.clone(),
        title: chapter.manifest.title.clone(),
        outcome,
        milliseconds: 0,
    }
}

/// Runs every check as a process of its own, all at once but those that must be alone: one that hangs or aborts says
/// nothing about the others, and a run lasts no longer than the slowest check may.
fn run_checks(
    chapter: &Chapter,
    program: &CheckProcess,
    limits: Limits,
    wanted: impl Fn(&Check) -> bool,
) -> Vec<CheckResult> {
    let checks = chapter.manifest.checks.iter();
    let checks: Vec<&Check> = checks.filter(|check| wanted(check)).collect();
    let run_one = |check: &Check| {
        let limit = check.limit.map_or(limits.check, Duration::from_secs);
        program.run(check.name.get_ref(), limit)
    };
    let mut ends: Vec<_> = thread::scope(|scope| {
        let together = checks
            .iter()
            .map(|check| (!check.alone).then(|| scope.spawn(move || run_one(check))));
        let together: Vec<_> = together.collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread
                .join()
                .expect("a check's process is run without a panic")
        };
        together
            .into_iter()
            .map(|thread| thread.map(join))
            .collect()
    });
    let results = checks.iter().zip(&mut ends).map(|(check, end)| {
        let end = end.take().unwrap_or_else(|| run_one(check));
        result_of(chapter, check, end)
    });
    results.collect()
}

/// The verdict on a text whose checks would not see what a service gets.
fn not_run(chapter: &Chapter, line: usize, what: &str) -> Vec<CheckResult> {
    let checks = chapter.manifest.checks.iter().map(|check| {
        let end = CheckEnd {
            state: CheckState::DidNotRun,
            message: what.to_owned(),
            at: Some(format!("exercises/{}/src/lib.rs:{line}", chapter.name)),
            trace: None,
        };
        result_of(chapter, check, end)
    });
    checks.collect()
}

fn result_of(chapter: &Chapter, check: &Check, end: CheckEnd) -> CheckResult {
    let promises = check.promises.iter().map(|number| Promise {
        number: *number.get_ref(),
        text: chapter.promises[number.get_ref() - 1].clone(),
    });
    CheckResult {
        name: check.name.get_ref().clone(),
        sentence: check.sentence(),
        state: end.state,
        message: end.message,
        at: end.at,
        promises: promises.collect(),
        trace: end.trace,
    }
}
