//! Every claim of every `chapter.toml`, proved on the shipped texts: what a learner has edited is not read.

use exercises::{
    Chapter, CheckResult, Limits, Outcome, Root, Shipped, Variant, Verdict, run_variant,
};

fn root() -> Root {
    Root::at(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn chapters() -> Vec<Chapter> {
    let root = root();
    let names = root.names().unwrap();
    names
        .iter()
        .map(|name| {
            root.chapter(name)
                .unwrap_or_else(|mistake| panic!("{mistake}"))
        })
        .collect()
}

/// Runs `variant` and gives its checks; `problems` gets what kept them from running.
fn checks_of(variant: &Variant, problems: &mut Vec<String>) -> Vec<CheckResult> {
    let root = root();
    let shown = root.shown(&variant.text);
    match run_variant(&root, variant, Limits::default()) {
        Verdict {
            outcome: Outcome::Ran { checks, warnings },
            ..
        } => {
            problems.extend(
                warnings
                    .iter()
                    .map(|warning| format!("{shown} has a warning:\n{warning}")),
            );
            checks
        }
        verdict => {
            problems.push(format!("{shown}: {:#?}", verdict.outcome));
            Vec::new()
        }
    }
}

fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n\n"));
}

#[test]
fn every_shipped_exercise_fails_exactly_as_its_chapter_says() {
    let mut problems = Vec::new();
    for chapter in chapters() {
        let seen = checks_of(&Variant::shipped(&chapter), &mut problems);
        for (claim, check) in chapter.manifest.checks.iter().zip(&seen) {
            let says = claim.says.as_deref().unwrap_or_default();
            let holds = match claim.shipped {
                Shipped::Passes => check.passed(),
                Shipped::Fails => !check.passed() && check.message.contains(says),
            };
            if !holds {
                problems.push(format!(
                    "{} as shipped: {claim:#?}\nseen: {check:#?}",
                    chapter.name
                ));
            }
        }
        if seen.iter().all(CheckResult::passed) {
            problems.push(format!("{} as shipped leaves nothing to do", chapter.name));
        }
    }
    none(problems);
}

#[test]
fn every_wrong_fix_is_refused_as_its_chapter_says() {
    let mut problems = Vec::new();
    for chapter in chapters() {
        for wrong in &chapter.manifest.wrong {
            let file = wrong.file.get_ref();
            let seen = checks_of(&Variant::wrong(&chapter, file), &mut problems);
            let failed: Vec<&str> = seen
                .iter()
                .filter(|check| !check.passed())
                .map(|check| check.name.as_str())
                .collect();
            let mut claimed: Vec<&str> = wrong
                .fails
                .iter()
                .map(|name| name.get_ref().as_str())
                .collect();
            claimed.sort_by_key(|name| seen.iter().position(|check| check.name == *name));
            if failed != claimed {
                problems.push(format!(
                    "{}: wrong/{file} fails {failed:#?}, not {claimed:#?}",
                    chapter.name
                ));
                continue;
            }
            let first = wrong.fails[0].get_ref();
            let check = seen
                .iter()
                .find(|check| check.name == *first)
                .expect("it is among the failed");
            if !check.message.contains(&wrong.says) {
                problems.push(format!(
                    "{}: wrong/{file}: no {:?} in {check:#?}",
                    chapter.name, wrong.says
                ));
            }
        }
    }
    none(problems);
}

#[test]
fn every_solution_passes_every_listed_check() {
    let mut problems = Vec::new();
    for chapter in chapters() {
        let seen = checks_of(&Variant::solution(&root(), &chapter), &mut problems);
        let failed = seen.into_iter().filter(|check| !check.passed());
        problems.extend(failed.map(|check| format!("solutions/{}: {check:#?}", chapter.name)));
    }
    none(problems);
}
