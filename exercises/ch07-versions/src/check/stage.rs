//! A deployment in a folder of its own: everything in it is right until a check changes it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::TempDir;

use crate::{Deployment, Refusal, Report, library, manifest, preflight};

/// The version of the C API in most manifests.
pub const API: u64 = 24;

/// The newest runtime in most manifests.
pub const TESTED: &str = "1.31.1";

/// One of the four files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    Runtime,
    Model,
    Tokenizer,
    Manifest,
}

impl File {
    pub fn name(self) -> &'static str {
        match self {
            File::Runtime => "the runtime",
            File::Model => "model.onnx",
            File::Tokenizer => "tokenizer.json",
            File::Manifest => "manifest.toml",
        }
    }
}

pub struct Stage {
    folder: TempDir,
    deployment: Deployment,
    /// The version of the C API that the release calls.
    api: u64,
    /// The newest runtime that the release was tested on.
    tested: String,
}

impl Stage {
    /// The release of the bundled model, on a stand-in that reports `version`.
    pub fn new(version: &str) -> Stage {
        Stage::of_release(API, TESTED, version)
    }

    /// As [`Stage::new`], but the release calls another version of the C API, or was tested on another runtime.
    pub fn of_release(api: u64, tested: &str, version: &str) -> Stage {
        Stage::with(api, tested, |folder| {
            stand_in_runtime::reporting(version, folder)
        })
    }

    /// As [`Stage::new`], but the library's name begins with `name`.
    pub fn named(name: &str, version: &str) -> Stage {
        // The stand-in reports what its name ends with.
        let (_, begin) = name.split_once(".so.").expect("a library's name");
        Stage::with(API, TESTED, |folder| {
            stand_in_runtime::reporting(&format!("{begin}.so.{version}"), folder)
        })
    }

    /// The library of `ORT_DYLIB_PATH` under another name, in a release that was tested on it; and its
    /// version. `None` where there is no such library, or it is too old.
    pub fn on_the_real_runtime(name: &str) -> Option<(String, Stage)> {
        let real = PathBuf::from(std::env::var_os("ORT_DYLIB_PATH")?);
        let version = library::version(&real).ok()?;
        let minor = version.strip_prefix("1.")?.split('.').next()?;
        if minor.parse::<u64>().ok()? < API {
            return None;
        }
        let stage = Stage::with(API, &version, |folder| {
            let named = folder.join(name);
            fs::hard_link(&real, &named).or_else(|_| fs::copy(&real, &named).map(|_| ()))?;
            Ok(named)
        });
        Some((version, stage))
    }

    fn with(
        api: u64,
        tested: &str,
        library: impl FnOnce(&Path) -> std::io::Result<PathBuf>,
    ) -> Stage {
        let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
        let deployment = Deployment {
            runtime: library(folder.path()).expect("cargo has built the stand-in beside this test"),
            model: folder.path().join("model.onnx"),
            tokenizer: folder.path().join("tokenizer.json"),
            manifest: folder.path().join("manifest.toml"),
        };
        let stage = Stage {
            folder,
            deployment,
            api,
            tested: tested.to_owned(),
        };
        stage.replace(File::Tokenizer, models::TOKENIZER.as_bytes());
        stage.release(File::Model, models::CLASSIFIER);
        stage
    }

    fn path(&self, file: File) -> &Path {
        match file {
            File::Runtime => &self.deployment.runtime,
            File::Model => &self.deployment.model,
            File::Tokenizer => &self.deployment.tokenizer,
            File::Manifest => &self.deployment.manifest,
        }
    }

    /// Puts another file in the place of one: the manifest stays as it is.
    pub fn replace(&self, file: File, bytes: &[u8]) {
        fs::write(self.path(file), bytes).expect("the folder is ours");
    }

    /// Makes `bytes` a part of the release, and so of the manifest.
    pub fn release(&self, file: File, bytes: &[u8]) {
        self.replace(file, bytes);
        let hash = |file| manifest::sha256(&fs::read(self.path(file)).expect("it was written"));
        let manifest = format!(
            "release = \"2026-11-23\"\n\n[runtime]\napi = {}\ntested = \"{}\"\n\n\
             [model]\nsha256 = \"{}\"\n\n[tokenizer]\nsha256 = \"{}\"\n",
            self.api,
            self.tested,
            hash(File::Model),
            hash(File::Tokenizer),
        );
        self.replace(File::Manifest, manifest.as_bytes());
    }

    pub fn remove(&self, file: File) {
        fs::remove_file(self.path(file)).expect("the folder is ours");
    }

    pub fn make_folder(&self, file: File) {
        fs::create_dir(self.path(file)).expect("the folder is ours");
    }

    /// On a thread of its own, so that a panic becomes a message of the check.
    #[track_caller]
    pub fn preflight(&self, what: &str) -> Result<Report, Refusal> {
        let deployment = self.deployment.clone();
        let done = thread::spawn(move || preflight(&deployment)).join();
        match done {
            Ok(outcome) => outcome,
            Err(panic) => {
                let said = panic
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| panic.downcast_ref::<&str>().copied())
                    .unwrap_or("something that is no text");
                let why = "a panic at start-up is a restart loop; a refusal is a line that says what to do";
                let seen = format!("{what}: the preflight panicked: {said}");
                self.fail(&seen, "a Report or a Refusal", why)
            }
        }
    }

    #[track_caller]
    pub fn expect_start(&self, what: &str, why: &str) -> Report {
        match self.preflight(what) {
            Ok(report) => report,
            Err(refusal) => self.fail(&format!("{what}: refused: {refusal}"), "it may start", why),
        }
    }

    #[track_caller]
    pub fn expect_refusal(
        &self,
        what: &str,
        of: File,
        expected: &str,
        is_right: impl FnOnce(&Refusal) -> bool,
        why: &str,
    ) {
        let expected = format!("refused as {expected}");
        match self.preflight(what) {
            Ok(_) => self.fail(&format!("{what}: it may start"), &expected, why),
            Err(refusal) => {
                let is_named = refusal.path().file_name() == self.path(of).file_name();
                if !is_named || !is_right(&refusal) {
                    let seen = format!("{what}: refused as {}\n{refusal}", kind(&refusal));
                    self.fail(&seen, &expected, why);
                }
            }
        }
    }

    #[track_caller]
    pub fn expect_other_revision(&self, what: &str, of: File, why: &str) {
        let hash = manifest::sha256(&fs::read(self.path(of)).expect("it was written"));
        let manifest = fs::read_to_string(self.path(File::Manifest)).expect("it was written");
        self.expect_refusal(
            what,
            of,
            "OtherRevision, with the hash that was found and the one that was tested",
            |refusal| {
                matches!(refusal, Refusal::OtherRevision { release, found, tested, .. }
                    if release == "2026-11-23" && *found == hash && manifest.contains(tested))
            },
            why,
        );
    }

    /// What was observed, what was expected, why it matters; without the folder, which is another in
    /// each run.
    #[track_caller]
    pub fn fail(&self, seen: &str, expected: &str, why: &str) -> ! {
        let folder = format!(
            "{}{}",
            self.folder.path().display(),
            std::path::MAIN_SEPARATOR
        );
        let seen = seen.replace(&folder, "");
        panic!("{seen}\nexpected: {expected}\n{why}")
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
