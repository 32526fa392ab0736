use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::anyhow;

use crate::check_process::{CheckEnd, CheckProcess, end_left_behind, name_of_run};
use crate::compile::{Build, Compiled, Program, compile};
use crate::events::{Event, Observer, PACE, Phases};
use crate::last_check::{LastCheck, remove_program_of_another_text, sources};
use crate::layout::Layout;
use crate::manifest::Check;
use crate::origins::Places;
use crate::source::Source;
use crate::text::read_text;
use crate::variant::take_place;
use crate::{
    Chapter, CheckResult, CheckState, Outcome, Phase, Problem, Promise, Root, Variant, Verdict,
    honest,
};

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

/// Runs the learner's own crate, and keeps how long it took for the next time.
pub fn run_exercise(
    root: &Root,
    chapter: &Chapter,
    limits: Limits,
    observer: Observer<'_>,
) -> Verdict {
    let exercise = chapter.exercise();
    let shown = root.shown(&exercise);
    if let Err(error) = read_text(&exercise) {
        let short = chapter.short();
        let way_out = format!("`cargo workbook reset {short}` brings the shipped text back");
        let what = match error.kind() {
            std::io::ErrorKind::InvalidData => "is not UTF-8 text: save it as UTF-8".to_owned(),
            std::io::ErrorKind::NotFound => "is missing".to_owned(),
            std::io::ErrorKind::PermissionDenied => format!("cannot be read ({error})"),
            _ => error.to_string(),
        };
        let error = anyhow!("{shown} {what}; {way_out}");
        return Verdict::error(&chapter.name, &chapter.heading(), &error);
    }
    if chapter.folder.join("build.rs").exists() {
        let error = anyhow!(
            "exercises/{}/build.rs is no part of the exercise, and what it does is bounded by nothing: move it elsewhere",
            chapter.name
        );
        return Verdict::error(&chapter.name, &chapter.heading(), &error);
    }
    let layout = Layout {
        workspace: root.path().to_owned(),
        folder: format!("exercises/{}", chapter.name),
        name: chapter.name.clone(),
    };
    let last = LastCheck::load(root, &chapter.name);
    let sources = sources(&chapter.folder);
    remove_program_of_another_text(&last, &chapter.folder, sources);
    let (verdict, last) = run(root, chapter, &layout, last, limits, observer);
    let sources = Some(sources);
    LastCheck { sources, ..last }.keep(root, &chapter.name);
    verdict
}

/// Runs the chapter's checks on another text of its `lib.rs`: shipped, wrong or solution.
pub fn run_variant(
    root: &Root,
    variant: &Variant,
    limits: Limits,
    observer: Observer<'_>,
) -> Verdict {
    let chapter = &variant.chapter;
    let label = variant.label(root);
    let _place = take_place(root, &label, || ());
    let laid_out = || -> anyhow::Result<(Source, Layout)> {
        let source = variant.source(root)?;
        let layout = variant.lay_out(root, &source, &label)?;
        Ok((source, layout))
    };
    match laid_out() {
        Ok((source, layout)) => {
            let places = Places {
                root,
                chapter,
                layout: &layout,
                source: &source,
            };
            let in_place = |mut event: Event| {
                if let Event::Ended(check) = &mut event {
                    places.in_check(check);
                }
                if let Some(observer) = observer {
                    observer(event);
                }
            };
            let in_place = observer
                .is_some()
                .then_some(&in_place as &(dyn Fn(Event) + Sync));
            let last = LastCheck::load(root, &chapter.name);
            let (mut verdict, _) = run(root, chapter, &layout, last, limits, in_place);
            places.in_verdict(&mut verdict);
            verdict
        }
        Err(error) => Verdict::error(&chapter.name, &chapter.heading(), &error),
    }
}

fn run(
    root: &Root,
    chapter: &Chapter,
    layout: &Layout,
    last: LastCheck,
    limits: Limits,
    observer: Observer<'_>,
) -> (Verdict, LastCheck) {
    let start = Instant::now();
    let mut build = Build::new(observer, last);
    let compiled = compile(
        &layout.workspace,
        &[layout.package()],
        root.target_dir(),
        limits.build,
        &mut build,
    );
    let compiled = compiled.into_iter().next().expect("one was compiled");
    let executable = compiled.executable().map(Path::to_owned);
    let mut verdict = run_compiled(chapter, layout, compiled, limits, Choice::ALL, observer);
    verdict.milliseconds = start.elapsed().as_millis();
    let last = build.noted(&verdict, executable);
    (verdict, last)
}

/// Which checks are run.
pub(crate) struct Choice<'a> {
    pub wanted: &'a dyn Fn(&Check) -> bool,
    /// Whether a result says so much that the checks that still run are stopped.
    pub enough: &'a dyn Fn(&CheckResult) -> bool,
}

impl Choice<'static> {
    /// All of them, to their ends.
    const ALL: Choice<'static> = Choice {
        wanted: &|_| true,
        enough: &|_| false,
    };
}

/// The verdict of the checks that are chosen on what was compiled.
pub(crate) fn run_compiled(
    chapter: &Chapter,
    layout: &Layout,
    compiled: Compiled,
    limits: Limits,
    choice: Choice<'_>,
    observer: Observer<'_>,
) -> Verdict {
    let outcome = match compiled.program {
        Program::Errors(mut errors) => {
            if let Some(first) = errors.first_mut()
                && stand_in_the_checks(&compiled.problems)
            {
                first.push_str(PUBLIC_NAMES);
            }
            Outcome::DoesNotCompile { errors }
        }
        Program::CargoFailed(message) => Outcome::Error { message },
        Program::Made {
            executable,
            warnings,
        } => {
            let program = CheckProcess {
                executable,
                folder: layout.package_folder(),
                run: name_of_run(),
                stop: AtomicBool::new(false),
            };
            let checks = match honest::problem_with(&program.folder.join("src/lib.rs")) {
                Some((line, what)) => not_run(chapter, line, &what),
                None => run_checks(chapter, &program, limits, choice, observer),
            };
            Outcome::Ran { checks, warnings }
        }
    };
    Verdict {
        chapter: chapter.name.clone(),
        title: chapter.heading(),
        outcome,
        problems: compiled.problems,
        milliseconds: 0,
    }
}

const PUBLIC_NAMES: &str = "\nThe checks call what is public in src/lib.rs: give it the names, arguments and types that it had.\n";

/// Whether the compiler found errors, and none of them in the file that a learner edits.
fn stand_in_the_checks(problems: &[Problem]) -> bool {
    let errors = problems.iter().filter(|problem| problem.level == "error");
    let mut files = errors.map(|problem| &problem.file).peekable();
    files.peek().is_some() && files.all(|file| !file.ends_with("src/lib.rs"))
}

/// Runs every check as a process of its own, all at once but those that must be alone: one that hangs or aborts says
/// nothing about the others, and a run lasts no longer than the slowest check may.
fn run_checks(
    chapter: &Chapter,
    program: &CheckProcess,
    limits: Limits,
    choice: Choice<'_>,
    observer: Observer<'_>,
) -> Vec<CheckResult> {
    let checks = chapter.manifest.checks.iter();
    let checks: Vec<&Check> = checks.filter(|check| (choice.wanted)(check)).collect();
    let run_one = |check: &Check| {
        let limit = check.limit.map_or(limits.check, Duration::from_secs);
        result_of(chapter, check, program.run(check.name.get_ref(), limit))
    };
    let mut run = Run {
        results: checks.iter().map(|_| None).collect(),
        phases: Phases::new(observer, None),
        observer,
    };
    run.tell_phase();
    thread::scope(|scope| {
        let (send, ended) = channel();
        for (index, check) in checks.iter().enumerate().filter(|(_, check)| !check.alone) {
            let its_own = send.clone();
            let run_it = move || {
                // Who does not listen any more has panicked.
                let _ = its_own.send((index, run_one(check)));
            };
            if let Err(error) = thread::Builder::new().spawn_scoped(scope, run_it) {
                let end = CheckEnd::did_not_start(&error);
                run.ended(index, result_of(chapter, check, end));
            }
        }
        drop(send);
        loop {
            match ended.recv_timeout(PACE) {
                Ok((index, result)) => {
                    if (choice.enough)(&result) {
                        program.stop.store(true, Ordering::Relaxed);
                    }
                    run.ended(index, result);
                }
                Err(RecvTimeoutError::Timeout) => run.phases.tick(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    });
    for (index, check) in checks.iter().enumerate().filter(|(_, check)| check.alone) {
        run.ended(index, run_one(check));
    }
    end_left_behind(&program.run);
    let results = run.results.into_iter();
    results
        .map(|result| result.expect("each check has ended"))
        .collect()
}

/// The checks of a chapter while they run.
struct Run<'a> {
    /// In the order of `chapter.toml`.
    results: Vec<Option<CheckResult>>,
    phases: Phases<'a>,
    observer: Observer<'a>,
}

impl Run<'_> {
    fn ended(&mut self, index: usize, result: CheckResult) {
        if let Some(observer) = self.observer {
            observer(Event::Ended(result.clone()));
        }
        self.results[index] = Some(result);
        self.tell_phase();
    }

    fn tell_phase(&mut self) {
        self.phases.set(Phase::Running {
            done: self.results.iter().flatten().count(),
            of: self.results.len(),
        });
    }
}

/// The verdict on a text whose checks would not see what a service gets.
fn not_run(chapter: &Chapter, line: usize, what: &str) -> Vec<CheckResult> {
    let checks = chapter.manifest.checks.iter().map(|check| {
        let end = CheckEnd {
            state: CheckState::DidNotRun,
            message: what.to_owned(),
            at: Some(format!("exercises/{}/src/lib.rs:{line}", chapter.name)),
            trace: None,
            promise: None,
        };
        result_of(chapter, check, end)
    });
    checks.collect()
}

fn result_of(chapter: &Chapter, check: &Check, end: CheckEnd) -> CheckResult {
    let promise = |number: usize| {
        let text = chapter.promises.get(number.checked_sub(1)?)?.clone();
        Some(Promise { number, text })
    };
    let promises = check.promises.iter();
    let promises = promises.filter_map(|number| promise(*number.get_ref()));
    CheckResult {
        name: check.name.get_ref().clone(),
        sentence: check.sentence(),
        state: end.state,
        message: end.message,
        at: end.at,
        promises: promises.collect(),
        broken: end.promise.and_then(promise),
        trace: end.trace,
    }
}
