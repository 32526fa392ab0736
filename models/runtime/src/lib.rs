//! What runs the bundled model: the embedded runtime, or the ONNX Runtime of `ORT_DYLIB_PATH`.
//!
//! With the variable unset, `ort` runs on `ort-tract`, which is compiled in. Set, it names a real ONNX
//! Runtime library, 1.24 or newer. Neither the choice nor the environment can be undone: one process,
//! one runtime.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::sync::OnceLock;

use ort::environment::Environment;
use runtime_probe::{API_VERSION, asked_for, probe};

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
    /// `ort` makes no environment: the message is its own.
    Environment(String),
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Library(refusal) => refusal.fmt(f),
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
            Refusal::Environment(_) => None,
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
    let refuse = |error: String| Refusal::Environment(error);
    let Some(path) = asked_for() else {
        ort::set_api(ort_tract::api());
        let environment = ort::init()
            .build()
            .map_err(|error| refuse(error.to_string()))?;
        return Ok(Chosen {
            environment,
            name: embedded(ort::info()),
        });
    };
    let library = probe(&path).map_err(Refusal::Library)?;
    let builder = ort::init_from(&library.path).map_err(|error| refuse(error.to_string()))?;
    let environment = builder.build().map_err(|error| refuse(error.to_string()))?;
    Ok(Chosen {
        environment,
        name: format!("ONNX Runtime {}", library.version),
    })
}

/// From `ORT Build Info: backend=ort-tract, version=0.5.0+0.23`.
fn embedded(info: &str) -> String {
    let version = info
        .rsplit_once("version=")
        .map_or("", |(_, version)| version);
    format!("ort-tract {version}").trim_end().to_owned()
}
