//! Every claim of every `chapter.toml`, proved on the shipped texts: what a learner has edited is not read. A test for
//! each text: `cargo test -p workbook --test claims ch03` proves one chapter's.
//!
//! What a page quotes of a verdict is kept in `src/output` by the same run, and the figure of the shipped text's first
//! failure in `src/figures`.

mod audited;
mod examined;
mod figure;
mod html;
mod kept;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use runner::{
    Chapter, CheckResult, Limits, Root, Shipped, Variant, Verdict, one_line, run_variant, text,
};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Cargo compiles one at a time. Meanwhile the checks of another run.
    arguments.test_threads.get_or_insert(2);
    let root = root();
    let names = root
        .names()
        .unwrap_or_else(|error| panic!("cannot list the chapters: {error:#}"));
    let trials = names.iter().flat_map(|name| match root.chapter(name) {
        Ok(chapter) => trials(&chapter),
        Err(error) => {
            let failed = Failed::from(error.to_string());
            vec![Trial::test(format!("{name} chapter.toml"), || Err(failed))]
        }
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn root() -> Root {
    Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// One for the shipped text, one for each wrong fix, one for the solution, and one for what an audit finds in them.
fn trials(chapter: &Chapter) -> Vec<Trial> {
    let trial = |text: String, claim: fn(&Chapter, &str) -> Result<(), String>| {
        let chapter = chapter.clone();
        Trial::test(format!("{} {text}", chapter.name), move || {
            claim(&chapter, &text).map_err(Failed::from)
        })
    };
    let mut trials = vec![trial("shipped.rs".into(), shipped_fails_as_told)];
    for wrong in &chapter.manifest.wrong {
        let text = format!("wrong/{}", wrong.file.get_ref());
        trials.push(trial(text, wrong_fix_is_refused_as_told));
    }
    trials.push(trial("solution".into(), solution_passes));
    trials.push(trial("audit".into(), audit_finds_as_told));
    trials
}

fn shipped_fails_as_told(chapter: &Chapter, text: &str) -> Result<(), String> {
    let (verdict, checks) = run(&Variant::shipped(chapter))?;
    for (claim, check) in chapter.manifest.checks.iter().zip(&checks) {
        if check.passed() != (claim.shipped == Shipped::Passes) {
            return Err(format!(
                "exercises/{}/chapter.toml: `{}`: write what the shipped text does, `shipped = \"{}\"`\n{}",
                chapter.name,
                check.name,
                if check.passed() { "passes" } else { "fails" },
                check.message
            ));
        }
    }
    if verdict.passes() {
        return Err(format!(
            "exercises/{}/shipped.rs: it passes every check: break it, and src/lib.rs with it, so that something is to do",
            chapter.name
        ));
    }
    is_quoted(chapter, text, &verdict)?;
    is_drawn(chapter, &checks)
}

/// Holds the figure of the first failure to what was seen, if the page shows one.
fn is_drawn(chapter: &Chapter, checks: &[CheckResult]) -> Result<(), String> {
    let figure = format!("figures/{}-run.html", chapter.short());
    let page = root().path().join(format!("src/{}.md", chapter.name));
    let page = std::fs::read_to_string(page).unwrap_or_default();
    if is_elsewhere() || !page.contains(&format!("{{{{#include {figure}}}}}")) {
        return Ok(());
    }
    let failed = checks.iter().find(|check| !check.passed());
    let drawn = failed.and_then(figure::draw).ok_or_else(|| {
        format!("src/{figure}: the first failure of shipped.rs has no table of steps to draw")
    })?;
    kept::file(&root().path().join("src").join(figure), drawn)
}

fn wrong_fix_is_refused_as_told(chapter: &Chapter, text: &str) -> Result<(), String> {
    let file = text.trim_start_matches("wrong/");
    let (verdict, checks) = run(&Variant::wrong(chapter, file))?;
    let wrong = chapter
        .manifest
        .wrong
        .iter()
        .filter(|wrong| wrong.file.get_ref() == file);
    let mut claimed: Vec<&str> = wrong
        .flat_map(|wrong| &wrong.fails)
        .map(|name| name.get_ref().as_str())
        .collect();
    claimed.sort_by_key(|name| checks.iter().position(|check| check.name == *name));
    let failed: Vec<&CheckResult> = checks.iter().filter(|check| !check.passed()).collect();
    let names: Vec<&str> = failed.iter().map(|check| check.name.as_str()).collect();
    if names != claimed {
        let messages = failed
            .iter()
            .map(|check| format!("\n\n{}: {}", check.name, check.message));
        return Err(format!(
            "exercises/{}/chapter.toml: [[wrong]] `{file}`: write `fails = {names:#?}`, if these should refuse it{}",
            chapter.name,
            messages.collect::<String>()
        ));
    }
    is_quoted(chapter, text, &verdict)
}

fn solution_passes(chapter: &Chapter, _: &str) -> Result<(), String> {
    let variant = Variant::solution(&root(), chapter);
    let verdict = run_variant(&root(), &variant, Limits::default(), None);
    examined::passes(&verdict, &root().shown(&variant.text))
}

fn audit_finds_as_told(chapter: &Chapter, _: &str) -> Result<(), String> {
    let claims = &chapter.manifest;
    let named = |text: &str| format!("exercises/{}/{text}", chapter.name);
    audited::finds(
        &root(),
        &Variant::shipped(chapter),
        &claims.audit,
        &named("shipped.rs"),
    )?;
    for wrong in &claims.wrong {
        let file = wrong.file.get_ref();
        audited::finds(
            &root(),
            &Variant::wrong(chapter, file),
            &wrong.audit,
            &named(&format!("wrong/{file}")),
        )?;
    }
    audited::finds_nothing(&root(), &Variant::solution(&root(), chapter))
}

/// The verdict on a text that must compile without a warning, and its checks.
fn run(variant: &Variant) -> Result<(Verdict, Vec<CheckResult>), String> {
    let verdict = run_variant(&root(), variant, Limits::default(), None);
    let checks = examined::checks(&verdict, &root().shown(&variant.text))?;
    Ok((verdict, checks))
}

/// Where some messages name another platform than in the book, or what another runtime says.
fn is_elsewhere() -> bool {
    !cfg!(all(target_os = "linux", target_arch = "x86_64"))
        || std::env::var_os("ORT_DYLIB_PATH").is_some()
}

/// Holds what the page quotes of the verdict on `file` to what was seen: of a wrong fix the first failed check's
/// message, of the shipped text with the table of its steps.
fn is_quoted(chapter: &Chapter, file: &str, verdict: &Verdict) -> Result<(), String> {
    let failed = verdict
        .checks()
        .into_iter()
        .flatten()
        .find(|check| !check.passed());
    let Some(failed) = failed.filter(|_| !is_elsewhere()) else {
        return Ok(());
    };
    let command = format!("$ cargo workbook check {} --with {file}\n", chapter.short());
    let printed = format!(
        "{command}{}  {}\n\n{}",
        chapter.name,
        one_line(verdict),
        text(verdict)
    );
    let message = failed.message.lines();
    let message = message.take_while(|line| file == "shipped.rs" || !line.is_empty());
    let message: String = message
        .map(|line| format!("{}\n", format!("  {line}").trim_end()))
        .collect();
    let excerpt = format!("{command}...\n✗ {}\n{message}...\n", failed.sentence);
    let name = file.trim_start_matches("wrong/").trim_end_matches(".rs");
    let quote = format!("src/output/{}-{name}.txt", chapter.short());
    kept::quote(&root().path().join(quote), &printed, excerpt, str::to_owned)
}
