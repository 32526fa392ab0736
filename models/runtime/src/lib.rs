//! What runs the bundled model: the embedded runtime, or the ONNX Runtime of `ORT_DYLIB_PATH`.
//!
//! With the variable unset, `ort` runs on `ort-tract`, which cargo compiles as a shared library. Set, it names a
//! real ONNX Runtime library, 1.24 or newer. Neither the choice nor the environment can be undone: one process,
//! one runtime.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;
use std::sync::OnceLock;

use ort::environment::Environment;
use runtime_probe::{API_VERSION, VARIABLE, asked_for, probe};

// The probe does not know `ort`, so that it compiles in no time.
const _: () = assert!(
    ort::MINOR_VERSION == API_VERSION,
    "the probe asks for another API"
);

/// Why there is no runtime. Displayed, it is one line: what was found, what is needed, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// `ORT_DYLIB_PATH` names something that cannot be the runtime.
    Library(runtime_probe::Refusal),
    /// Cargo's folder of compiled crates is not where `program` is.
    NotBuilt {
        /// The file name of the embedded runtime.
        file: String,
        /// The running program.
        program: PathBuf,
    },
    /// `ort` makes no environment: the message is its own.
    Environment(String),
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Library(refusal) => refusal.fmt(f),
            Refusal::NotBuilt { file, program } => write!(
                f,
                "the embedded runtime {file} is not in a folder `deps` near {}: start the program where cargo has built it, or set \
                 {VARIABLE}",
                program.display()
            ),
            Refusal::Environment(reason) => {
                let reason = reason.replace(char::is_control, " ");
                write!(
                    f,
                    "ort makes no environment ({reason}): a process has one, so let everything in it \
                     use runtime::environment()"
                )
            }
        }
    }
}

impl Error for Refusal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Refusal::Library(refusal) => Some(refusal),
            Refusal::NotBuilt { .. } | Refusal::Environment(_) => None,
        }
    }
}

struct Chosen {
    environment: Environment,
    name: String,
}

static CHOSEN: OnceLock<Result<Chosen, Refusal>> = OnceLock::new();

/// The process's only environment: what `Session::builder` takes.
///
/// The first call chooses the runtime; all others give the same answer, a refusal too.
///
/// # Errors
/// A [`Refusal`] when `ORT_DYLIB_PATH` is set and does not name a library that can run models, or
/// when something else in this process has already made an environment.
pub fn environment() -> Result<&'static Environment, Refusal> {
    chosen().map(|chosen| &chosen.environment)
}

/// The runtime in use, with its version: `ort-tract 0.5.0+0.23` or `ONNX Runtime 1.31.1`.
/// Where [`environment`] is refused: `no runtime`.
pub fn name() -> String {
    chosen().map_or_else(|_| "no runtime".into(), |chosen| chosen.name.clone())
}

fn chosen() -> Result<&'static Chosen, Refusal> {
    CHOSEN.get_or_init(choose).as_ref().map_err(Refusal::clone)
}

fn choose() -> Result<Chosen, Refusal> {
    let real = asked_for()
        .map(|path| probe(&path))
        .transpose()
        .map_err(Refusal::Library)?;
    let path = match &real {
        Some(library) => library.path.clone(),
        None => embedded_library()?,
    };
    let refuse = |error: &dyn Error| Refusal::Environment(error.to_string());
    let builder = ort::init_from(&path).map_err(|error| refuse(&error))?;
    let environment = builder.build().map_err(|error| refuse(&error))?;
    let name = match real {
        Some(library) => format!("ONNX Runtime {}", library.version),
        None => embedded(ort::info()),
    };
    Ok(Chosen { environment, name })
}

/// Where cargo has put the package `embedded-runtime`: `target/*/deps`. Tests run there, programs in the folder above it, examples
/// in one beside it.
fn embedded_library() -> Result<PathBuf, Refusal> {
    let file = format!("{DLL_PREFIX}embedded_runtime{DLL_SUFFIX}");
    let program = std::env::current_exe().unwrap_or_default();
    let folders = program.ancestors().skip(1).take(2);
    let files = folders.flat_map(|folder| [folder.join(&file), folder.join("deps").join(&file)]);
    files
        .into_iter()
        .find(|file| file.is_file())
        .ok_or(Refusal::NotBuilt { file, program })
}

/// From `ORT Build Info: backend=ort-tract, version=0.5.0+0.23`.
fn embedded(info: &str) -> String {
    let version = info
        .rsplit_once("version=")
        .map_or("", |(_, version)| version);
    format!("ort-tract {version}").trim_end().to_owned()
}
