//! A deployment in a folder of its own: everything in it is right until a check changes it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::SystemTime;

use checks::Failure;
use stand_in_runtime::StandIn;
use tempfile::TempDir;

use super::places::{self, Way};
use super::promises::Promised;
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
    pub const ALL: [File; 4] = [File::Runtime, File::Model, File::Tokenizer, File::Manifest];

    pub fn name(self) -> &'static str {
        match self {
            File::Runtime => "the runtime",
            File::Model => "model.onnx",
            File::Tokenizer => "tokenizer.json",
            File::Manifest => "manifest.toml",
        }
    }
}

/// What the manifest says.
#[derive(Debug, Clone)]
pub struct Release {
    pub name: String,
    /// The version of the C API that the release calls.
    pub api: u64,
    /// The newest runtime that the release was tested on.
    pub tested: String,
    /// The SHA-256 of the model.
    pub model: String,
    /// The SHA-256 of the tokenizer.
    pub tokenizer: String,
}

impl Release {
    pub fn toml(&self) -> String {
        self.filled_into(
            "release = \"NAME\"\n\n[runtime]\napi = API\ntested = \"TESTED\"\n\n\
             [model]\nsha256 = \"MODEL\"\n\n[tokenizer]\nsha256 = \"TOKENIZER\"\n",
        )
    }

    /// A manifest in which words in capitals stand for the release's name, versions and hashes.
    pub fn filled_into(&self, template: &str) -> String {
        let words = [
            ("NAME", &self.name),
            ("API", &self.api.to_string()),
            ("TESTED", &self.tested),
            ("MODEL", &self.model),
            ("TOKENIZER", &self.tokenizer),
        ];
        // A word that comes in with another one is no place to fill.
        let mut filled = String::new();
        let mut rest = template;
        while let Some((at, (word, with))) = words
            .iter()
            .filter_map(|pair| Some((rest.find(pair.0)?, pair)))
            .min_by_key(|found| found.0)
        {
            filled += &rest[..at];
            filled += with;
            rest = &rest[at + word.len()..];
        }
        filled + rest
    }
}

pub struct Stage {
    folder: TempDir,
    pub deployment: Deployment,
    pub release: Release,
    /// What the library at the runtime's path reports; `None` if another file was put there.
    pub reported: Option<String>,
}

impl Stage {
    /// The release of the bundled model, on a stand-in that reports `version`.
    pub fn new(version: &str) -> Stage {
        Stage::of_release(API, TESTED, version)
    }

    /// As [`Stage::new`], but the release calls another version of the C API, or was tested on another runtime.
    pub fn of_release(api: u64, tested: &str, version: &str) -> Stage {
        let stage = Stage::with(api, tested, &named(version), version);
        let library = StandIn::reporting(version);
        library.write_to(stage.path(File::Runtime)).expect(BUILT);
        stage
    }

    /// As [`Stage::of_release`], on the library of that version that other stages have too.
    pub fn on(libraries: &Libraries, api: u64, tested: &str, version: &str) -> Stage {
        let stage = Stage::with(api, tested, &named(version), version);
        libraries.put(version, stage.path(File::Runtime));
        stage
    }

    /// The library of `ORT_DYLIB_PATH` under another name, in a release that was tested on it. `None` where
    /// there is no such library, or it is too old.
    pub fn on_the_real_runtime(name: &str) -> Option<Stage> {
        let real = PathBuf::from(std::env::var_os("ORT_DYLIB_PATH")?);
        let version = library::version(&real).ok()?;
        let minor = version.strip_prefix("1.")?.split('.').next()?;
        if minor.parse::<u64>().ok()? < API {
            return None;
        }
        let stage = Stage::with(API, &version, name, &version);
        let named = stage.path(File::Runtime);
        fs::hard_link(&real, named)
            .or_else(|_| fs::copy(&real, named).map(|_| ()))
            .expect(OURS);
        Some(stage)
    }

    fn with(api: u64, tested: &str, library: &str, version: &str) -> Stage {
        let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
        let at = |name: &str| folder.path().join(name);
        let mut stage = Stage {
            deployment: Deployment {
                runtime: at(library),
                model: at("model.onnx"),
                tokenizer: at("tokenizer.json"),
                manifest: at("manifest.toml"),
            },
            folder,
            release: Release {
                name: "2026-11-23".to_owned(),
                api,
                tested: tested.to_owned(),
                model: String::new(),
                tokenizer: String::new(),
            },
            reported: Some(version.to_owned()),
        };
        stage.release(File::Tokenizer, models::TOKENIZER.as_bytes());
        stage.release(File::Model, models::CLASSIFIER);
        stage
    }

    pub fn path(&self, file: File) -> &Path {
        match file {
            File::Runtime => &self.deployment.runtime,
            File::Model => &self.deployment.model,
            File::Tokenizer => &self.deployment.tokenizer,
            File::Manifest => &self.deployment.manifest,
        }
    }

    /// A path in the stage's folder.
    pub fn at(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Says of a file that it stands at another path, where nothing has been put yet.
    pub fn point(&mut self, file: File, path: PathBuf) {
        let place = match file {
            File::Runtime => &mut self.deployment.runtime,
            File::Model => &mut self.deployment.model,
            File::Tokenizer => &mut self.deployment.tokenizer,
            File::Manifest => &mut self.deployment.manifest,
        };
        *place = path;
    }

    /// Gives a file another path. `Err` where the system does not allow it.
    pub fn rename(&mut self, file: File, path: PathBuf) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(self.path(file), &path)?;
        self.point(file, path);
        Ok(())
    }

    /// Puts another file in the place of one: the manifest stays as it is.
    pub fn replace(&mut self, file: File, bytes: &[u8]) {
        if file == File::Runtime {
            self.reported = None;
            if self.path(file).exists() {
                self.remove(file);
            }
        }
        fs::write(self.path(file), bytes).expect(OURS);
    }

    /// As [`Stage::replace`], but the file says that it was written when the one before was.
    pub fn replace_unnoticed(&mut self, file: File, bytes: &[u8]) {
        let written = fs::metadata(self.path(file)).and_then(|found| found.modified());
        self.replace(file, bytes);
        let replaced = fs::File::options().append(true).open(self.path(file));
        let set = replaced.and_then(|replaced| replaced.set_modified(written?));
        set.expect(OURS);
    }

    /// Makes `bytes` a part of the release, and so of the manifest.
    pub fn release(&mut self, file: File, bytes: &[u8]) {
        self.replace(file, bytes);
        let hash = manifest::sha256(bytes);
        match file {
            File::Model => self.release.model = hash,
            File::Tokenizer => self.release.tokenizer = hash,
            File::Runtime | File::Manifest => unreachable!("the manifest has no hash of it"),
        }
        self.publish();
    }

    /// Writes the manifest as `self.release` has it.
    pub fn publish(&mut self) {
        let text = self.release.toml();
        self.replace(File::Manifest, text.as_bytes());
    }

    /// Puts a file aside: a library that is loaded stays as it was, and Windows would not delete it.
    pub fn remove(&self, file: File) {
        let aside = (0..).map(|number| self.at(format!("aside {number}")));
        let mut free = aside.filter(|path| !path.exists());
        fs::rename(self.path(file), free.next().expect("numbers do not end")).expect(OURS);
    }

    pub fn make_folder(&self, file: File) {
        fs::create_dir(self.path(file)).expect(OURS);
    }

    /// Calls `preflight` and compares what it says with the promises.
    #[track_caller]
    pub fn hold(&self, what: &str, why: &str) {
        if let Err(failure) = self.holds(what, why) {
            failure.raise();
        }
    }

    /// As [`Stage::hold`], but gives the failure back.
    pub fn holds(&self, what: &str, why: &str) -> Result<(), Failure> {
        let fail = |promise: Option<usize>, seen: String, expected: String, why: &str| {
            let failure = Failure::new(self.shown(&seen), self.shown(&expected), why);
            Err(Failure { promise, ..failure })
        };
        let promised = Promised::of(&self.deployment, self.reported.as_deref());
        let before = self.as_it_stands();
        let outcome = match self.preflight() {
            Ok(outcome) => outcome,
            Err(panic) => {
                let seen = format!("{what}: the preflight panicked: {panic}");
                let why = "a panic at start-up is a restart loop; a refusal is a line that says what to do";
                return fail(Some(1), seen, "a Report or a Refusal".to_owned(), why);
            }
        };
        let after = self.as_it_stands();
        for (file, (before, after)) in File::ALL.into_iter().zip(before.iter().zip(&after)) {
            if before != after {
                let seen = format!("{what}: {} was changed", file.name());
                let why = "whoever looks at evidence leaves it as it is";
                let expected = "all files as they were, with their times and permissions";
                return fail(Some(1), seen, expected.to_owned(), why);
            }
        }
        let broken = match outcome {
            Ok(report) => promised.unless_it_may_start(&report),
            Err(refusal) => promised.unless_refused_so(&refusal),
        };
        broken.map_or(Ok(()), |broken| {
            let seen = format!("{what}: {}", broken.seen);
            fail(
                broken.promise,
                seen,
                broken.expected,
                broken.why.unwrap_or(why),
            )
        })
    }

    fn as_it_stands(&self) -> [Option<AsItStands>; 4] {
        File::ALL.map(|file| AsItStands::of(self.path(file)).ok())
    }

    /// Lets all paths lead to their files in another way, and says in words which; nothing where the system does not allow it.
    pub fn reach_by(&mut self, way: Way) -> &'static str {
        let (folder, words) = match way {
            Way::Straight => return "",
            Way::WithADot => (".".into(), "; `./` in each path"),
            Way::ByANameThatIsNoText => (no_text(), "; in a folder whose name is no text"),
        };
        if let Way::ByANameThatIsNoText = way
            && places::link(Path::new("."), &self.at(&folder)).is_err()
        {
            return "";
        }
        for file in File::ALL {
            if let Ok(rest) = self.path(file).strip_prefix(self.folder.path()) {
                let path = self.at(&folder).join(rest);
                self.point(file, path);
            }
        }
        words
    }

    /// On a thread of its own, so that a panic becomes a message of the check.
    fn preflight(&self) -> Result<Result<Report, Refusal>, String> {
        let deployment = self.deployment.clone();
        thread::spawn(move || preflight(&deployment))
            .join()
            .map_err(|panic| {
                let text = checks::panic_text(&*panic);
                text.unwrap_or("something that is no text").to_owned()
            })
    }

    /// Without the folder, which is another in each run.
    fn shown(&self, text: &str) -> String {
        let folder = format!(
            "{}{}",
            self.folder.path().display(),
            std::path::MAIN_SEPARATOR
        );
        text.replace(&folder, "")
    }
}

/// What can be seen of a file; its bytes only where they are few.
#[derive(PartialEq, Eq)]
struct AsItStands {
    bytes: Option<Vec<u8>>,
    length: u64,
    written: SystemTime,
    permissions: fs::Permissions,
}

impl AsItStands {
    fn of(path: &Path) -> io::Result<AsItStands> {
        let found = fs::metadata(path)?;
        let is_small = found.len() <= 64 << 10;
        Ok(AsItStands {
            bytes: is_small.then(|| fs::read(path)).transpose()?,
            length: found.len(),
            written: found.modified()?,
            permissions: found.permissions(),
        })
    }
}

/// The name of a folder.
fn no_text() -> OsString {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStringExt::from_vec(b"no \xff\xfe text".to_vec());
    #[cfg(windows)]
    return std::os::windows::ffi::OsStringExt::from_wide(&[0x6e, 0xd800, 0x74]);
}

/// As the real library is named.
fn named(version: &str) -> String {
    format!(
        "libonnxruntime.so.{}",
        version.replace(char::is_control, "_")
    )
}

/// One library for each version: to write one takes longer than a check of a model.
pub struct Libraries {
    folder: TempDir,
}

impl Libraries {
    pub fn new() -> Libraries {
        let folder = tempfile::tempdir().expect("the system has a folder for temporary files");
        Libraries { folder }
    }

    fn put(&self, version: &str, path: &Path) {
        let library = self.folder.path().join(named(version));
        if !library.exists() {
            StandIn::reporting(version).write_to(&library).expect(BUILT);
        }
        fs::hard_link(&library, path)
            .or_else(|_| fs::copy(&library, path).map(|_| ()))
            .expect(OURS);
    }
}

const BUILT: &str = "cargo has built the stand-in beside this test";
const OURS: &str = "the folder is ours";
