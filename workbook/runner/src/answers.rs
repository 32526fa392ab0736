//! The answers that stand beside each exercise, right and wrong, tried on its checks.
//!
//! They were written from the promises alone, before the checks were read: they judge the checks.

use anyhow::{Context, anyhow, bail};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use crate::compile::{Build, Compiled, Package, Program, compile};
use crate::last_check::LastCheck;
use crate::layout::Layout;
use crate::run::{Choice, run_compiled};
use crate::variant::{take_place, write_workspace};
use crate::{
    Chapter, Check, CheckResult, Limits, Outcome, Root, Variant, Verdict, print_line, say_error,
};

/// An answer, and the verdict that it should get.
struct Answer {
    file: PathBuf,
    expected: Expected,
}

/// What an answer's first line says of it.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// `// keeps all: ...`
    Passes,
    /// `// breaks 3, 5: ...`: a check that tests one of these promises refuses it.
    Breaks(Vec<usize>),
    /// `// cheats: ...`: it must not count as passed.
    Refused,
}

impl Expected {
    /// Whether this check may be the one that refuses the answer.
    fn is_about(&self, check: &Check) -> bool {
        match self {
            Expected::Passes => false,
            Expected::Refused => true,
            Expected::Breaks(numbers) => check
                .promises
                .iter()
                .any(|number| numbers.contains(number.get_ref())),
        }
    }

    /// Whether with this result the answer is refused as it should be, whatever the other checks say.
    fn is_met_by(&self, check: &CheckResult) -> bool {
        !check.passed()
            && match self {
                Expected::Passes => false,
                Expected::Refused => true,
                Expected::Breaks(numbers) => check
                    .broken_promises()
                    .iter()
                    .any(|promise| numbers.contains(&promise.number)),
            }
    }
}

/// Tries every answer of the chapters that `filter` finds (all without one), and prints which get another verdict
/// than their first line says. The exit code is 0 if none does, 1 if one does.
pub fn try_answers(filter: Option<&str>) -> anyhow::Result<ExitCode> {
    crate::end_all_on_ctrl_c(|| ())?;
    let root = Root::find()?;
    let mut all_as_told = true;
    for name in root.matching(filter)? {
        let chapter = root.chapter(&name)?;
        let answers = answers_of(&root, &chapter)?;
        let _place = take_place(&root, &format!("{name}--answers"), || {
            say_error(format_args!(
                "waits for another `cargo workbook answers` on {name}"
            ));
        });
        let surprises = try_side_by_side(&root, &chapter, &answers);
        let right = answers
            .iter()
            .filter(|answer| answer.expected == Expected::Passes);
        let right = right.count();
        print_line(format_args!(
            "{name}  {right} right and {} wrong answers, {} judged otherwise",
            answers.len() - right,
            surprises.len()
        ))?;
        for surprise in &surprises {
            print_line(format_args!("  {surprise}"))?;
        }
        all_as_told &= surprises.is_empty();
    }
    Ok(ExitCode::from(u8::from(!all_as_told)))
}

fn answers_of(root: &Root, chapter: &Chapter) -> anyhow::Result<Vec<Answer>> {
    let folder = chapter.folder.join("answers");
    for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
        if !["right", "wrong"]
            .map(OsStr::new)
            .contains(&&*entry.file_name())
        {
            let shown = root.shown(&entry.path());
            bail!("{shown}: an answer stands in answers/right or in answers/wrong");
        }
    }
    let mut answers = Vec::new();
    for folder in ["right", "wrong"] {
        let files = fs::read_dir(chapter.folder.join("answers").join(folder));
        let mut files: Vec<PathBuf> = files
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        files.sort();
        for file in files {
            let expected = read_expected(root, chapter, folder, &file)?;
            answers.push(Answer { file, expected });
        }
    }
    Ok(answers)
}

fn read_expected(
    root: &Root,
    chapter: &Chapter,
    folder: &str,
    file: &Path,
) -> anyhow::Result<Expected> {
    let shown = root.shown(file);
    let text = fs::read_to_string(file).with_context(|| shown.clone())?;
    let first = text.lines().next().unwrap_or_default();
    let expected = expected_of(first).filter(|expected| match expected {
        Expected::Passes => folder == "right",
        Expected::Refused => folder == "wrong",
        Expected::Breaks(numbers) => {
            let exist = |number| (1..=chapter.promises.len()).contains(number);
            folder == "wrong" && numbers.iter().all(exist)
        }
    });
    expected.ok_or_else(|| {
        anyhow!("{shown}:1: begin with `// keeps all: why` in right/, with `// breaks 3: why` or `// cheats: how` in wrong/, \
             3 being a promise of README.md")
    })
}

fn expected_of(first_line: &str) -> Option<Expected> {
    let (verdict, why) = first_line.strip_prefix("// ")?.split_once(": ")?;
    let expected = match verdict {
        "keeps all" => Expected::Passes,
        "cheats" => Expected::Refused,
        _ => {
            let numbers = verdict.strip_prefix("breaks ")?.split(", ");
            Expected::Breaks(numbers.map(str::parse).collect::<Result<_, _>>().ok()?)
        }
    };
    (!why.trim().is_empty()).then_some(expected)
}

/// So many answers are compiled by one cargo, side by side. Each stands where others stood before it, so that the compiler takes
/// what it made of them and has not changed; with more places more begin with nothing.
const BESIDE: usize = 3;

/// One line for each answer whose verdict is another one. While some are compiled the checks of others run.
fn try_side_by_side(root: &Root, chapter: &Chapter, answers: &[Answer]) -> Vec<String> {
    let waiting = Mutex::new(answers.chunks(BESIDE));
    let next = || {
        let mut waiting = waiting.lock().expect("no answers are taken in a panic");
        waiting.next()
    };
    let mut surprises: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|worker| {
                scope.spawn(move || {
                    let label = format!("{}--answers-{worker}", chapter.name);
                    let mut surprises = Vec::new();
                    while let Some(answers) = next() {
                        surprises.extend(surprises_of(root, chapter, answers, &label));
                    }
                    surprises
                })
            })
            .collect();
        let joined = workers.into_iter().map(|worker| worker.join());
        joined
            .flat_map(|surprises| surprises.expect("a verdict is given without a panic"))
            .collect()
    });
    surprises.sort();
    surprises
}

/// Compiles these answers in one workspace, and tells which get another verdict than they should.
fn surprises_of(root: &Root, chapter: &Chapter, answers: &[Answer], label: &str) -> Vec<String> {
    let mut surprises = Vec::new();
    let mut laid_out = Vec::new();
    for (number, answer) in answers.iter().enumerate() {
        let variant = Variant {
            chapter: chapter.clone(),
            text: answer.file.clone(),
        };
        let layout = variant
            .source(root)
            .and_then(|source| variant.lay_out_beside(root, &source, label, number));
        match layout {
            Ok(layout) => laid_out.push((answer, layout)),
            Err(error) => surprises.push(format!("{error:#}")),
        }
    }
    let Some((_, first)) = laid_out.first() else {
        return surprises;
    };
    let members = laid_out.iter().map(|(_, layout)| layout.folder.clone());
    if let Err(error) = write_workspace(root, &first.workspace, members.collect()) {
        surprises.push(format!("{error:#}"));
        return surprises;
    }
    let compile = &|packages: &[Package<'_>]| {
        let mut build = Build::new(None, LastCheck::default());
        let limit = Limits::default().build;
        compile(
            &first.workspace,
            packages,
            root.target_dir(),
            limit,
            &mut build,
        )
    };
    let packages: Vec<_> = laid_out
        .iter()
        .map(|(_, layout)| layout.package())
        .collect();
    // Side by side: some answers come to a stand, and a check looks at those for a while.
    thread::scope(|scope| {
        let compiled = laid_out.iter().zip(compile(&packages));
        let tries: Vec<_> = compiled
            .map(|((answer, layout), mut compiled)| {
                scope.spawn(move || {
                    if matches!(compiled.program, Program::CargoFailed(_)) {
                        compiled = compile(&[layout.package()]).remove(0);
                    }
                    surprise(root, chapter, answer, layout, &compiled)
                })
            })
            .collect();
        let joined = tries.into_iter().map(|answer| answer.join());
        surprises.extend(
            joined.filter_map(|surprise| surprise.expect("a verdict is given without a panic")),
        );
    });
    surprises
}

/// What is not as told of an answer. Of one that breaks a promise only the checks of that promise are run, unless they
/// accept it. When a check has refused a wrong one as told, the others are stopped.
fn surprise(
    root: &Root,
    chapter: &Chapter,
    answer: &Answer,
    layout: &Layout,
    compiled: &Compiled,
) -> Option<String> {
    let run = |wanted: &dyn Fn(&Check) -> bool| {
        let limits = Limits::default();
        let choice = Choice {
            wanted,
            enough: &|result| answer.expected.is_met_by(result),
        };
        run_compiled(chapter, layout, compiled.clone(), limits, choice, None)
    };
    if matches!(answer.expected, Expected::Breaks(_)) {
        not_as_told(root, answer, &run(&|check| answer.expected.is_about(check)))?;
    }
    not_as_told(root, answer, &run(&|_| true))
}

fn not_as_told(root: &Root, answer: &Answer, verdict: &Verdict) -> Option<String> {
    let file = root.shown(&answer.file);
    let what = match &verdict.outcome {
        Outcome::Error { message } => return Some(format!("{file}: {message}")),
        Outcome::DoesNotCompile { errors } => {
            let first = errors.first().map_or("", String::as_str);
            let lines: Vec<&str> = first.lines().take(2).map(str::trim).collect();
            format!("does not compile: {}", lines.join(" "))
        }
        Outcome::Ran { checks, .. } => {
            let failed: Vec<_> = checks.iter().filter(|check| !check.passed()).collect();
            let as_told = match &answer.expected {
                Expected::Passes => failed.is_empty(),
                Expected::Refused | Expected::Breaks(_) => {
                    checks.iter().any(|check| answer.expected.is_met_by(check))
                }
            };
            if as_told {
                return None;
            }
            let messages = failed.iter().map(|check| {
                let first = check.message.lines().next().unwrap_or_default();
                format!("`{}` {first}", check.name)
            });
            let messages: Vec<String> = messages.collect();
            match messages.is_empty() {
                true => "passes".to_owned(),
                false => format!("refused by {}", messages.join("; ")),
            }
        }
    };
    let expected = match &answer.expected {
        Expected::Passes => "keeps all promises".to_owned(),
        Expected::Refused => "cheats".to_owned(),
        Expected::Breaks(numbers) => format!("breaks {numbers:?}"),
    };
    Some(format!("{file} {expected}: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_says_what_is_expected() {
        assert_eq!(
            expected_of("// keeps all: one lock"),
            Some(Expected::Passes)
        );
        assert_eq!(expected_of("// cheats: it exits"), Some(Expected::Refused));
        assert_eq!(
            expected_of("// breaks 3, 12: two at most"),
            Some(Expected::Breaks(vec![3, 12]))
        );
    }

    #[test]
    fn a_first_line_without_a_reason_is_none() {
        for line in [
            "",
            "// breaks 3",
            "// breaks three: why",
            "// keeps all: ",
            "fn f() {}",
        ] {
            assert_eq!(expected_of(line), None, "{line}");
        }
    }

    /// What the template of `cargo workbook new` says of a chapter, until its author describes it.
    const NEW: &str = "not written yet";

    #[test]
    fn every_chapter_that_is_written_has_answers_and_each_promise_a_wrong_one() {
        let root = Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        for name in root.names().unwrap() {
            let chapter = root.chapter(&name).unwrap();
            if chapter.manifest.description.get_ref().contains(NEW) {
                continue;
            }
            let answers = answers_of(&root, &chapter).unwrap();
            let (right, wrong): (Vec<_>, Vec<_>) = answers
                .iter()
                .map(|answer| &answer.expected)
                .partition(|expected| **expected == Expected::Passes);
            for (folder, found, least) in [("right", right.len(), 15), ("wrong", wrong.len(), 40)] {
                assert!(
                    found >= least,
                    "exercises/{name}/answers/{folder}: {found} answers: write {least} at least, or `{NEW}` into the \
                     description in exercises/{name}/chapter.toml until they are there"
                );
            }
            for promise in 1..=chapter.promises.len() {
                let is_broken = |expected: &&Expected| matches!(expected, Expected::Breaks(numbers) if numbers.contains(&promise));
                assert!(
                    wrong.iter().any(is_broken),
                    "exercises/{name}/answers/wrong: write an answer that begins with `// breaks {promise}: why`"
                );
            }
        }
    }
}
