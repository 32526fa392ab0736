//! Reads files and audits them, on all cores.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use audit_rules::{
    Aliases, Complaint, Finding, Manifest, Options, Place, Report, Source, audit_manifest, line,
    test_modules,
};

use crate::krate::Crates;
use crate::problem::{Problems, shown};
use crate::walk::{Choice, is_generated, is_manifest};

/// Bytes of a file at the most. What people write is shorter.
const LARGEST: u64 = 4 * 1024 * 1024;

/// What a syntax tree of the depth that [`Options::default`] allows needs.
const STACK: usize = 256 * 1024 * 1024;

/// A place that a rule found.
pub struct Found {
    /// What was found.
    pub finding: Finding,
    /// The file.
    pub file: PathBuf,
    /// The file as it is told: see [`shown`].
    pub path: String,
    /// Where in it.
    pub place: Place,
}

/// What an audit of files gives.
#[derive(Default)]
pub struct Audit {
    /// What was found and is not allowed, in the order of the files and of their text.
    pub found: Vec<Found>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

/// Audits these files. Of those beside them it takes what their names stand for.
pub fn audit(
    files: Vec<PathBuf>,
    beside: &[PathBuf],
    crates: &mut Crates,
    choice: Choice,
    problems: &mut Problems,
) -> Audit {
    let packages: Vec<Option<usize>> = files.iter().map(|file| crates.package(file)).collect();
    let without = files
        .iter()
        .zip(&packages)
        .find(|(_, package)| package.is_none());
    if let Some((file, _)) = without.filter(|(file, _)| !is_manifest(file)) {
        problems.say(format_args!(
            "no Cargo.toml stands above {}: files without one are read as one crate",
            shown(file)
        ));
    }
    let texts = on_all_cores(&files, |file| -> Result<_, String> {
        let text = read(file)?;
        let is_left_out = !choice.all && !is_manifest(file) && is_generated(&text);
        let aliases = if is_manifest(file) {
            Vec::new()
        } else {
            Aliases::in_text(&text)
        };
        Ok((!is_left_out).then_some((text, aliases)))
    });

    let mut by_package: HashMap<Option<usize>, Vec<(String, String)>> = HashMap::new();
    let aliases = on_all_cores(beside, |file| {
        read(file).map(|text| Aliases::in_text(&text))
    });
    for (file, aliases) in beside.iter().zip(aliases) {
        let of_package = by_package.entry(crates.package(file)).or_default();
        of_package.extend(aliases.into_iter().flatten());
    }
    let for_tests: HashSet<PathBuf> = if choice.tests || choice.all {
        HashSet::new()
    } else {
        let read = files.iter().zip(&texts);
        read.filter_map(|(file, text)| Some((file, text.as_ref().ok()?.as_ref()?)))
            .flat_map(|(file, (text, _))| test_modules(text).map(|name| module(file, name)))
            .collect()
    };
    let is_for_tests = |file: &Path| {
        file.ancestors()
            .any(|above| for_tests.contains(&above.with_extension("")))
    };
    let mut work = Vec::new();
    for ((file, package), text) in files.into_iter().zip(packages).zip(texts) {
        match text {
            Err(why) => problems.at(&file, why),
            Ok(None) => {}
            Ok(Some(_)) if is_for_tests(&file) => {}
            Ok(Some((text, aliases))) => {
                by_package.entry(package).or_default().extend(aliases);
                work.push((file, package, text));
            }
        }
    }
    let aliases: HashMap<Option<usize>, Aliases> = by_package
        .into_iter()
        .map(|(package, aliases)| (package, aliases.into_iter().collect()))
        .collect();

    let options = Options {
        tests: choice.tests || choice.all,
        ..Options::default()
    };
    let told = on_all_cores(&work, |(file, package, text)| {
        tell(file, text, &aliases[package], options)
    });
    let mut audit = Audit::default();
    for ((file, _, _), told) in work.into_iter().zip(told) {
        match told {
            Err(why) => {
                problems.at(&file, why);
                continue;
            }
            Ok(told) => {
                for (line, text) in told.complaints {
                    problems.at_line(&file, line, text);
                }
                let found = told.found.into_iter();
                audit
                    .found
                    .extend(found.filter(|found| !crates.allow(&file, found.finding.rule)));
            }
        }
        audit.files.push(file);
    }
    audit
}

/// Where the module `name` of a file stands, without `.rs`: its own modules stand below it.
fn module(file: &Path, name: &str) -> PathBuf {
    match file.file_stem().and_then(|stem| stem.to_str()) {
        Some("lib" | "main" | "mod") => file.with_file_name(name),
        _ => file.with_extension("").join(name),
    }
}

struct Told {
    found: Vec<Found>,
    complaints: Vec<(usize, String)>,
}

fn tell(file: &Path, text: &str, aliases: &Aliases, options: Options) -> Result<Told, String> {
    let (findings, complaints): (Vec<Finding>, Vec<Complaint>) = if is_manifest(file) {
        (
            audit_manifest(&Manifest::read(text.to_owned())?),
            Vec::new(),
        )
    } else {
        let source = Source::read(text.to_owned(), aliases, options)
            .map_err(|unreadable| unreadable.to_string())?;
        let report = Report::of(&source);
        (report.findings, report.complaints)
    };
    let found = findings.into_iter().map(|finding| Found {
        file: file.to_owned(),
        path: shown(file),
        place: Place::of(text, finding.at.clone()),
        finding,
    });
    let complaints = complaints.into_iter();
    Ok(Told {
        found: found.collect(),
        complaints: complaints
            .map(|it| (line(text, it.at.start), it.text))
            .collect(),
    })
}

fn read(file: &Path) -> Result<String, String> {
    let open = File::open(file).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    open.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("larger than {} MiB", LARGEST / 1024 / 1024));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..valid]
            .iter()
            .filter(|byte| **byte == b'\n');
        format!("line {}: not UTF-8", lines.count() + 1)
    })
}

/// What `job` gives of each, in their order. Its stack is as large as a deep syntax tree needs.
fn on_all_cores<T: Sync, R: Send>(all: &[T], job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(all.len()));
    let work = || {
        let mut mine = Vec::new();
        while let Some((index, it)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            all.get(index).map(|it| (index, it))
        } {
            mine.push((index, job(it)));
        }
        done.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(mine);
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(all.len()) {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .expect("a thread starts");
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
