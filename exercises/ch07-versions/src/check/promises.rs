//! What the promises in README.md say of a deployment: whether it may start, and if not, what may be told.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::library::Platform;
use crate::{Deployment, Manifest, Refusal, Report, library, limits, manifest, model};

/// The promise that says what is told if several things are wrong.
const OF_SEVERAL: usize = 11;

/// A promise that was not kept: its number, if it is one of them, and what was seen in place of what.
pub struct Broken {
    pub promise: Option<usize>,
    pub seen: String,
    pub expected: String,
    /// Where it has nothing to do with what the check is about.
    pub why: Option<&'static str>,
}

/// What `preflight` may return.
pub struct Promised {
    /// If one of them has to be told, it must not start.
    faults: Vec<Fault>,
    /// What the runtime reports, where it can be asked.
    reported: Option<String>,
    warning: Warning,
}

/// Something that is wrong, and the refusals that tell it truly.
struct Fault {
    /// The number of the promise that says so.
    promise: usize,
    path: PathBuf,
    /// In words: `TooOld, found 1.9.0, needs 24`.
    told_as: String,
    is_told_by: Box<dyn Fn(&Refusal) -> bool>,
    /// Whether it keeps the service from starting; otherwise the promises leave open whether it is wrong at all.
    must: bool,
}

enum Warning {
    None,
    /// That 1.`found` is newer than 1.`tested`.
    Newer {
        found: u64,
        tested: u64,
    },
    /// The promises leave it open.
    Open,
}

impl Promised {
    pub fn of(deployment: &Deployment, reported: Option<&str>) -> Promised {
        let mut promised = Promised {
            faults: Vec::new(),
            reported: reported.map(str::to_owned),
            warning: Warning::Open,
        };
        let manifest = promised.manifest(&deployment.manifest);
        let minor = promised.runtime(&deployment.runtime, manifest.as_ref());
        let tested = manifest.as_ref().map(|read| &read.model.sha256);
        let release = manifest.as_ref().map_or("", |read| &read.release);
        if let Some(bytes) = promised.file(&deployment.model) {
            promised.model(&deployment.model, &bytes, minor);
            promised.is_tested(deployment, &deployment.model, &bytes, tested, release);
        }
        let tested = manifest.as_ref().map(|read| &read.tokenizer.sha256);
        if let Some(bytes) = promised.file(&deployment.tokenizer) {
            promised.is_tested(deployment, &deployment.tokenizer, &bytes, tested, release);
        }
        promised
    }

    fn manifest(&mut self, path: &Path) -> Option<Manifest> {
        self.file(path)?;
        let manifest = Manifest::read(path).ok();
        let is_open = manifest
            .as_ref()
            .is_some_and(|read| !matches!(Version::of(&read.runtime.tested), Version::Of(1, _)));
        if manifest.is_none() || is_open {
            self.faults.push(Fault {
                promise: 3,
                path: path.to_owned(),
                told_as: "Manifest".to_owned(),
                is_told_by: Box::new(|refusal| matches!(refusal, Refusal::Manifest { .. })),
                must: !is_open,
            });
        }
        manifest
    }

    /// The bytes of a file that can be read.
    fn file(&mut self, path: &Path) -> Option<Vec<u8>> {
        if fs::metadata(path).is_err_and(|error| error.kind() != ErrorKind::NotFound) {
            self.must(2, path, "Missing or Unreadable", |refusal| {
                matches!(
                    refusal,
                    Refusal::Missing { .. } | Refusal::Unreadable { .. }
                )
            });
            return None;
        }
        if !path.is_file() {
            self.must(2, path, "Missing", |refusal| {
                matches!(refusal, Refusal::Missing { .. })
            });
            return None;
        }
        let bytes = fs::read(path).ok();
        if bytes.is_none() {
            self.must(2, path, "Unreadable", |refusal| {
                matches!(refusal, Refusal::Unreadable { .. })
            });
        }
        bytes
    }

    /// The minor version of a runtime 1.x.
    fn runtime(&mut self, path: &Path, manifest: Option<&Manifest>) -> Option<u64> {
        self.file(path)?;
        let Some(reported) = self.reported.clone() else {
            self.no_runtime(path);
            return None;
        };
        let (major, minor) = match Version::of(&reported) {
            Version::Of(major, minor) => (major, minor),
            Version::None => {
                let told_as = "NotARuntime: it reports no version";
                self.must(5, path, told_as, |refusal| {
                    matches!(refusal, Refusal::NotARuntime { .. })
                });
                return None;
            }
            Version::Nearly { may_start } => {
                self.faults.push(Fault {
                    promise: 5,
                    path: path.to_owned(),
                    told_as: "NotARuntime, TooOld or TooNew".to_owned(),
                    is_told_by: Box::new(|refusal| {
                        matches!(
                            refusal,
                            Refusal::NotARuntime { .. }
                                | Refusal::TooOld { .. }
                                | Refusal::TooNew { .. }
                        )
                    }),
                    must: !may_start,
                });
                return None;
            }
        };
        if major >= 2 {
            self.must(6, path, &format!("TooNew, found {reported}"), move |refusal| {
                matches!(refusal, Refusal::TooNew { found, .. } if *found == reported)
            });
            return None;
        }
        let manifest = manifest?;
        let api = manifest.runtime.api;
        if (major, minor) < (1, api) {
            let told_as = format!("TooOld, found {reported}, needs {api}");
            self.must(6, path, &told_as, move |refusal| {
                matches!(refusal, Refusal::TooOld { found, needs, .. } if *found == reported && *needs == api)
            });
        }
        if let Version::Of(1, tested) = Version::of(&manifest.runtime.tested) {
            self.warning = match minor > tested {
                true => Warning::Newer {
                    found: minor,
                    tested,
                },
                false => Warning::None,
            };
        }
        (major == 1).then_some(minor)
    }

    /// A file that cannot be asked for a version.
    fn no_runtime(&mut self, path: &Path) {
        let platforms = library::built_for(path).unwrap_or_default();
        let here = Platform::here();
        if platforms.is_empty() || platforms.contains(&here) {
            self.must(4, path, "NotARuntime", |refusal| {
                matches!(refusal, Refusal::NotARuntime { .. })
            });
            return;
        }
        let built_for: Vec<String> = platforms.iter().map(ToString::to_string).collect();
        let here = here.to_string();
        let told_as = format!(
            "WrongPlatform, found {}, here {here}",
            built_for.join(" and ")
        );
        self.must(4, path, &told_as, move |refusal| {
            matches!(refusal, Refusal::WrongPlatform { found, here: at, .. }
                if at.contains(&here) && built_for.iter().any(|one| found.contains(one)))
        });
    }

    fn model(&mut self, path: &Path, bytes: &[u8], minor: Option<u64>) {
        let Ok(header) = model::header(bytes) else {
            self.must(8, path, "NotAModel", |refusal| {
                matches!(refusal, Refusal::NotAModel { .. })
            });
            return;
        };
        let Some(limits) = minor.map(limits::of) else {
            return;
        };
        let mut declared = vec![("IR version", header.ir_version, limits.ir_version)];
        let own = header
            .opsets
            .iter()
            .filter(|opset| ["", "ai.onnx"].contains(&opset.domain.as_str()));
        declared.extend(own.map(|opset| ("opset", opset.version, limits.opset)));
        for (kind, number, limit) in declared {
            if number <= limit {
                continue;
            }
            let on = self.reported.clone().unwrap_or_default();
            let told_as =
                format!("ModelTooNew: {kind} {number}, reads up to {limit}, runtime {on}");
            let begin = kind[..2].to_lowercase();
            self.must(9, path, &told_as, move |refusal| {
                matches!(refusal, Refusal::ModelTooNew { what, found, reads, runtime, .. }
                    if what.to_lowercase().contains(&begin)
                        && (*found, *reads) == (number, limit) && *runtime == on)
            });
        }
    }

    fn is_tested(
        &mut self,
        deployment: &Deployment,
        path: &Path,
        bytes: &[u8],
        tested: Option<&String>,
        release: &str,
    ) {
        let Some(tested) = tested.cloned() else {
            return;
        };
        let hash = manifest::sha256(bytes);
        if hash == tested {
            return;
        }
        let must = !hash.eq_ignore_ascii_case(&tested);
        let is_hash = tested.len() == 64 && tested.bytes().all(|byte| HEX.contains(&byte));
        if !is_hash {
            self.faults.push(Fault {
                promise: 10,
                path: deployment.manifest.clone(),
                told_as: "Manifest".to_owned(),
                is_told_by: Box::new(|refusal| matches!(refusal, Refusal::Manifest { .. })),
                must,
            });
        }
        let release = release.to_owned();
        let start = |hash: &str| match hash.char_indices().nth(12) {
            Some((end, _)) => format!("{}...", &hash[..end]),
            None => format!("{hash:?}"),
        };
        let told_as = format!(
            "OtherRevision, release {release:?}, found {}, tested {}",
            start(&hash),
            start(&tested)
        );
        self.faults.push(Fault {
            promise: 10,
            path: path.to_owned(),
            told_as,
            is_told_by: Box::new(move |refusal| {
                matches!(refusal, Refusal::OtherRevision { release: of, found, tested: in_manifest, .. }
                    if *of == release && *in_manifest == tested && found.eq_ignore_ascii_case(&hash))
            }),
            must,
        });
    }

    fn must(
        &mut self,
        promise: usize,
        path: &Path,
        told_as: &str,
        is_told_by: impl Fn(&Refusal) -> bool + 'static,
    ) {
        self.faults.push(Fault {
            promise,
            path: path.to_owned(),
            told_as: told_as.to_owned(),
            is_told_by: Box::new(is_told_by),
            must: true,
        });
    }

    /// Whether it has to start.
    fn has_no_fault(&self) -> bool {
        !self.faults.iter().any(|fault| fault.must)
    }

    /// What is wrong with it that it starts with this report.
    pub fn unless_it_may_start(&self, report: &Report) -> Option<Broken> {
        let broken = |promise, seen: String, expected: String, why| {
            Some(Broken {
                promise,
                seen,
                expected,
                why,
            })
        };
        if !self.has_no_fault() {
            let seen = "it may start".to_owned();
            return broken(self.promise(), seen, self.expected(), None);
        }
        let reported = self.reported.as_deref().unwrap_or_default();
        let is_open = matches!(Version::of(reported), Version::Nearly { .. });
        if report.runtime != reported && !is_open {
            let seen = format!("the report says of the runtime: {}", report.runtime);
            let expected = format!("{reported}, as the library reports it");
            let why = "two hosts are compared by the exact text of their reports";
            return broken(Some(5), seen, expected, Some(why));
        }
        let seen = || match report.warnings.is_empty() {
            true => "it may start, without a warning".to_owned(),
            false => format!("it may start, with the warnings {:?}", report.warnings),
        };
        let expected = match (&self.warning, &report.warnings[..]) {
            (Warning::Open, _) | (Warning::None, []) => return None,
            (Warning::None, _) => "no warning".to_owned(),
            (Warning::Newer { found, tested }, warnings) => {
                let is_right = matches!(warnings, [one]
                    if names(one, *found) && names(one, *tested) && one.lines().count() == 1);
                if is_right {
                    return None;
                }
                format!("one warning, in one line that names 1.{found} and 1.{tested}")
            }
        };
        let why =
            "a warning is read if it comes once, says what differs, and does not come for nothing";
        broken(Some(7), seen(), expected, Some(why))
    }

    /// The promise that says what is wrong; if there are several, the one of several faults.
    fn promise(&self) -> Option<usize> {
        let mut promises = self.faults.iter().filter(|fault| fault.must);
        let first = promises.next()?.promise;
        let all_alike = promises.all(|fault| fault.promise == first);
        Some(if all_alike { first } else { OF_SEVERAL })
    }

    /// What is wrong with this refusal. Nothing if it tells one of the faults.
    pub fn unless_refused_so(&self, refusal: &Refusal) -> Option<Broken> {
        let names_its_file = |fault: &Fault| fault.path.as_os_str() == refusal.path().as_os_str();
        let is_told = |fault: &Fault| (fault.is_told_by)(refusal);
        let faults = || self.faults.iter();
        if faults().any(|fault| names_its_file(fault) && is_told(fault)) {
            return None;
        }
        let kind = kind(refusal);
        let is_near = |fault: &&Fault| names_its_file(fault) && fault.told_as.starts_with(&kind);
        let (promise, why) = if self.has_no_fault() {
            (None, None)
        } else if faults().any(is_told) {
            let why = "whoever reads the line looks for the path that stands in the configuration";
            let of_several = self.promise().filter(|promise| *promise == OF_SEVERAL);
            (of_several.or(Some(2)), Some(why))
        } else if let Some(fault) = faults().find(is_near) {
            let why =
                "whoever reads the line does what it says, and looks at the numbers that it names";
            (Some(fault.promise), Some(why))
        } else {
            (self.promise(), None)
        };
        let seen = match self.has_no_fault() {
            true => format!("refused: {refusal}"),
            false => format!("refused as {kind}\n{refusal}"),
        };
        Some(Broken {
            promise,
            seen,
            expected: self.expected(),
            why,
        })
    }

    fn expected(&self) -> String {
        let refusals: Vec<String> = self
            .faults
            .iter()
            .filter(|fault| fault.must)
            .map(|fault| format!("{} ({})", fault.told_as, fault.path.display()))
            .collect();
        match refusals.is_empty() {
            true => "it may start".to_owned(),
            false => format!("refused as {}", refusals.join(", or as ")),
        }
    }
}

const HEX: &[u8] = b"0123456789abcdef";

/// Whether a text holds the version 1.`minor`, with a patch or without.
fn names(text: &str, minor: u64) -> bool {
    let version = format!("1.{minor}");
    text.match_indices(&version).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + version.len()..].chars().next();
        before.is_none_or(|before| !before.is_ascii_digit() && before != '.')
            && after.is_none_or(|after| !after.is_ascii_digit())
    })
}

/// What a text says as a version.
enum Version {
    /// Three plain numbers: major and minor.
    Of(u64, u64),
    /// Something that a reader could take for a version; let each answer judge.
    Nearly {
        may_start: bool,
    },
    None,
}

impl Version {
    fn of(text: &str) -> Version {
        let parts: Vec<&str> = text.split('.').collect();
        let number = |part: &&str| {
            let is_plain = part.bytes().all(|byte| byte.is_ascii_digit());
            let has_no_zero = *part == "0" || !part.starts_with('0');
            let number = part.parse::<u32>().ok();
            number.filter(|_| is_plain && has_no_zero).map(u64::from)
        };
        let numbers: Vec<u64> = parts.iter().filter_map(number).collect();
        if let ([major, minor, _], 3) = (&numbers[..], parts.len()) {
            return Version::Of(*major, *minor);
        }
        if !text.contains(|character: char| character.is_ascii_digit()) {
            return Version::None;
        }
        let (before, after) = text.split_once('.').unwrap_or((text, ""));
        let begins_with_one = before.trim_matches(|one: char| !one.is_ascii_digit()) == "1";
        Version::Nearly {
            may_start: begins_with_one && after.starts_with(|one: char| one.is_ascii_digit()),
        }
    }
}

/// The name of the variant.
fn kind(refusal: &Refusal) -> String {
    let debug = format!("{refusal:?}");
    debug
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}
