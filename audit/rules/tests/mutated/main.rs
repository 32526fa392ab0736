//! Texts that are nearly Rust, or nearly TOML, are read or refused: nothing panics, and each place that is told is in the text.
//! The changes are the same in each run.

mod mutate;

use std::fs;
use std::path::Path;
use std::thread;

use inference_audit_rules::{
    Aliases, Finding, Manifest, Options, Place, Report, Source, audit_manifest,
};

use mutate::{Random, mutate};

/// The fixtures of all rules that end so.
fn fixtures(ending: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let pitfalls = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = pitfalls
        .flat_map(|pitfall| fs::read_dir(pitfall.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|it| it == ending))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect()
}

/// Whether the text could be read.
fn is_read(text: &str, tests: bool) -> bool {
    let options = Options {
        tests,
        ..Options::default()
    };
    let aliases = Aliases::of([text]);
    let Ok(source) = Source::read(text.to_owned(), &aliases, options) else {
        return false;
    };
    let report = Report::of(&source);
    are_in(text, &report.findings);
    for complaint in report.complaints {
        Place::of(text, complaint.at);
    }
    true
}

fn are_in(text: &str, findings: &[Finding]) {
    for finding in findings {
        let place = Place::of(text, finding.at.clone());
        assert!(
            !finding.at.is_empty() && !finding.label.is_empty(),
            "{finding:?}"
        );
        assert_eq!(place.lines[place.within], text[finding.at.clone()]);
    }
}

#[test]
fn changed_rust_is_read_or_refused() {
    let job = || {
        let fixtures = fixtures("rs");
        let mut random = Random(0x5eed);
        let mut read = 0;
        for text in &fixtures {
            for _ in 0..20 {
                let other = &fixtures[random.below(fixtures.len())];
                let tests = random.below(2) == 0;
                read += usize::from(is_read(&mutate(text, other, &mut random), tests));
            }
        }
        // Most changes leave what is no Rust.
        assert!(read > fixtures.len() / 2, "{read} of the texts were read");
    };
    let thread = thread::Builder::new().stack_size(256 * 1024 * 1024);
    thread.spawn(job).unwrap().join().unwrap();
}

#[test]
fn changed_toml_is_read_or_refused() {
    let manifest = include_str!("../../Cargo.toml").to_owned();
    let texts: Vec<String> = fixtures("toml").into_iter().chain([manifest]).collect();
    let mut random = Random(0x5eed);
    for text in &texts {
        for _ in 0..100 {
            let other = &texts[random.below(texts.len())];
            let changed = mutate(text, other, &mut random);
            if let Ok(manifest) = Manifest::read(changed.clone()) {
                are_in(&changed, &audit_manifest(&manifest));
            }
        }
    }
}
