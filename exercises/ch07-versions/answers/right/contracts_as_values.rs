// keeps all: each contract is a value behind a trait, held in order
// on shipped

// ANCHOR: uses
use std::fmt::Display;
use std::path::{Path, PathBuf};

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let mut seen = Seen {
        manifest: Manifest::read(&deployment.manifest)?,
        version: None,
        warnings: Vec::new(),
    };
    let contracts: [&dyn Contract; 4] = [
        &Loadable(&deployment.runtime),
        &InRange(&deployment.runtime),
        &Readable(&deployment.model),
        &Tested(deployment),
    ];
    contracts
        .iter()
        .try_for_each(|contract| contract.holds(&mut seen))?;
    let Some((runtime, _)) = seen.version else {
        unreachable!("the first contract gives a version or an error")
    };
    Ok(Report {
        runtime,
        warnings: seen.warnings,
    })
}
// ANCHOR_END: preflight

// ANCHOR: version
struct Seen {
    manifest: Manifest,
    version: Option<(String, Version)>,
    warnings: Vec<String>,
}

trait Contract {
    fn holds(&self, seen: &mut Seen) -> Result<(), Refusal>;
}

struct Loadable<'a>(&'a Path);

impl Loadable<'_> {
    fn not(&self, found: impl Display) -> Refusal {
        let path = self.0.into();
        let found = found.to_string();
        Refusal::NotARuntime { path, found }
    }
}

impl Contract for Loadable<'_> {
    fn holds(&self, seen: &mut Seen) -> Result<(), Refusal> {
        let path = PathBuf::from(self.0);
        if !self.0.is_file() {
            return Err(Refusal::Missing { path });
        }
        let platforms = match library::built_for(self.0) {
            Err(error) => {
                let reason = error.to_string();
                return Err(Refusal::Unreadable { path, reason });
            }
            Ok(platforms) if platforms.is_empty() => return Err(self.not("not a whole library")),
            Ok(platforms) => platforms,
        };
        let here = library::Platform::here();
        if platforms.iter().all(|platform| *platform != here) {
            let [found, here] = [platforms[0], here].map(|platform| platform.to_string());
            return Err(Refusal::WrongPlatform { path, found, here });
        }
        let reported = library::version(self.0).map_err(|error| self.not(error))?;
        match Version::parse(&reported) {
            Ok(version) => seen.version = Some((reported, version)),
            Err(error) => return Err(self.not(format_args!("{reported:?}: {error}"))),
        }
        Ok(())
    }
}

struct InRange<'a>(&'a Path);

impl Contract for InRange<'_> {
    fn holds(&self, seen: &mut Seen) -> Result<(), Refusal> {
        let Some((found, version)) = &seen.version else {
            return Ok(());
        };
        let (path, found) = (self.0.to_owned(), found.clone());
        let needs = seen.manifest.runtime.api;
        if version.0 >= 2 {
            return Err(Refusal::TooNew { path, found });
        }
        if *version < Version(1, needs) {
            return Err(Refusal::TooOld { path, found, needs });
        }
        let tested = &seen.manifest.runtime.tested;
        if Version::parse(tested).is_ok_and(|tested| tested < *version) {
            seen.warnings
                .push(format!("{found} was never tested, only up to {tested}"));
        }
        Ok(())
    }
}

struct Readable<'a>(&'a Path);

impl Contract for Readable<'_> {
    fn holds(&self, seen: &mut Seen) -> Result<(), Refusal> {
        let Some((runtime, version)) = &seen.version else {
            return Ok(());
        };
        let path = self.0.to_owned();
        let header = match model::header(&manifest::read(self.0)?) {
            Err(reason) => return Err(Refusal::NotAModel { path, reason }),
            Ok(header) => header,
        };
        let limits = limits::of(version.1);
        let too_new = |what, found, reads| {
            Err(Refusal::ModelTooNew {
                path: path.clone(),
                what,
                found,
                reads,
                runtime: runtime.clone(),
            })
        };
        if header.ir_version > limits.ir_version {
            return too_new("IR version", header.ir_version, limits.ir_version);
        }
        for opset in header.opsets {
            let is_own = opset.domain.is_empty() || opset.domain == "ai.onnx";
            if is_own && opset.version > limits.opset {
                return too_new("opset", opset.version, limits.opset);
            }
        }
        Ok(())
    }
}

struct Tested<'a>(&'a Deployment);

impl Contract for Tested<'_> {
    fn holds(&self, seen: &mut Seen) -> Result<(), Refusal> {
        let manifest = &seen.manifest;
        let files = [
            (&self.0.tokenizer, &manifest.tokenizer),
            (&self.0.model, &manifest.model),
        ];
        for (path, tested) in files {
            let found = manifest::sha256(&manifest::read(path)?);
            if found != tested.sha256 {
                return Err(Refusal::OtherRevision {
                    path: path.clone(),
                    release: manifest.release.clone(),
                    found,
                    tested: tested.sha256.clone(),
                });
            }
        }
        Ok(())
    }
}

/// Major and minor number: a derived order compares them so.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Version(u64, u64);

impl Version {
    fn parse(text: &str) -> Result<Version, String> {
        let (major, rest) = text.split_once('.').ok_or("no dot")?;
        let minor = rest.split('.').next().unwrap_or(rest);
        let number = |part: &str| part.parse().map_err(|_| format!("{part} is no number"));
        Ok(Version(number(major)?, number(minor)?))
    }
}
// ANCHOR_END: version
