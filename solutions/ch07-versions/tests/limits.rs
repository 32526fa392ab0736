//! What a real ONNX Runtime reads, and what it says of the rest. `ORT_DYLIB_PATH` names it; without one nothing of
//! this is proved, and the test says so. `DRAW=1` writes what the page shows.
//!
//! Straight through the C API, since `ort` does not take the runtimes that the page tells of as too old.

use std::ffi::{CStr, c_void};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::ptr::{null, null_mut};

use ch07_versions_solution::limits::{self, Limits};
use ch07_versions_solution::{library, model};
use ort::sys;

/// What is read by runtimes that `limits` leaves out, because the service does not take them.
const EARLIER: [(&str, Limits); 2] = [("1.20.1", limits_of(10, 21)), ("1.23.2", limits_of(11, 23))];

const fn limits_of(ir_version: i64, opset: i64) -> Limits {
    Limits { ir_version, opset }
}

/// The newest minor version that was measured.
const NEWEST: u64 = 32;

/// Marks the child process, which asks for an API version that the runtime does not have: the runtime
/// writes what it says to stderr.
const CHILD: &str = "CH07_ASKS_FOR";

#[test]
fn this_runtime_reads_what_the_page_says_and_no_more() {
    let Some(path) = std::env::var_os("ORT_DYLIB_PATH").map(PathBuf::from) else {
        println!("skipped: ORT_DYLIB_PATH names no ONNX Runtime, so no limit is measured here");
        return;
    };
    let version = library::version(&path).unwrap();
    let minor: u64 = version.split('.').nth(1).unwrap().parse().unwrap();
    let earlier = EARLIER.iter().find(|(earlier, _)| *earlier == version);
    let Limits { ir_version, opset } = match earlier {
        Some((_, limits)) => *limits,
        None => limits::of(minor),
    };
    let runtime = Runtime::open(&path, u32::try_from(minor).unwrap());
    assert_eq!(runtime.refusal(&model_of(ir_version, opset)), None);
    let newer_format = runtime.refusal(&model_of(ir_version + 1, opset)).unwrap();
    let newer_opset = runtime.refusal(&model_of(ir_version, opset + 1)).unwrap();

    let mut said = String::new();
    let mut says = |of: &str, text: &str| {
        writeln!(said, "ONNX Runtime {version}, {of}\n{}", wrapped(text)).unwrap();
    };
    if minor < u64::from(ort::MINOR_VERSION) {
        let error = ort::init_from(&path).err().unwrap().to_string();
        let folder = format!("{}/", path.parent().unwrap().display());
        says("given to ort 2.0.0-rc.14", &error.replace(&folder, ""));
    }
    let asks_for = (minor + 1).max(ort::MINOR_VERSION.into());
    let without = said_without_api(asks_for);
    let (_, without) = without.split_once("The requested").unwrap();
    says(
        &format!("asked for API version {asks_for}"),
        &format!("The requested{without}"),
    );
    // Without where the runtime was built.
    let (_, newer_format) = newer_format.split_once("Unsupported").unwrap();
    says(
        &format!("a model of IR version {}", ir_version + 1),
        &format!("Unsupported{newer_format}"),
    );
    let (_, newer_opset) = newer_opset.split_once("ONNX Runtime only").unwrap();
    says(
        &format!("a model of opset {}", opset + 1),
        &format!("ONNX Runtime only{newer_opset}"),
    );
    println!("{said}");

    let shown = figures().join(format!("ch07-real-{version}.txt"));
    if std::env::var_os("DRAW").is_some() {
        fs::write(&shown, &said).unwrap();
    }
    match fs::read_to_string(&shown) {
        Ok(shown) => assert!(
            shown.replace("\r\n", "\n") == said,
            "the page shows another text: run this test with DRAW=1\n{shown}"
        ),
        Err(_) => println!("the page shows no text of ONNX Runtime {version}"),
    }
}

#[test]
fn in_the_child_process() {
    if let Ok(version) = std::env::var(CHILD) {
        let path = std::env::var_os("ORT_DYLIB_PATH").unwrap();
        let base = base(Path::new(&path));
        // SAFETY: `GetApi` takes any number.
        assert!(unsafe { ((*base).GetApi)(version.parse().unwrap()) }.is_null());
    }
}

fn said_without_api(version: u64) -> String {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "in_the_child_process", "--nocapture"])
        .env(CHILD, version.to_string())
        .output()
        .unwrap();
    assert!(child.status.success());
    String::from_utf8_lossy(&child.stderr).into_owned()
}

#[test]
fn the_page_shows_the_limits() {
    let mut rows = String::new();
    let mut row = |runtimes: &str, Limits { ir_version, opset }| {
        writeln!(
            rows,
            "<tr><th scope=\"row\">{runtimes}</th><td>{ir_version}</td><td>{opset}</td></tr>"
        )
        .unwrap();
    };
    for (runtime, limits) in EARLIER {
        row(runtime, limits);
    }
    let minors: Vec<u64> = (24..=NEWEST).collect();
    for same in minors.chunk_by(|a, b| limits::of(*a) == limits::of(*b)) {
        let last = same[same.len() - 1];
        let runtimes = if same.len() == 1 {
            format!("1.{last}")
        } else {
            format!("1.{} to 1.{last}", same[0])
        };
        row(&runtimes, limits::of(same[0]));
    }
    let drawn = format!(
        "<div class=\"table-wrapper\"><table>\n<caption>The newest model that each ONNX Runtime reads</caption>\n\
         <thead><tr><th scope=\"col\">ONNX Runtime</th><th scope=\"col\">IR version</th>\
         <th scope=\"col\">opset</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    );
    let file = figures().join("ch07-limits.html");
    if std::env::var_os("DRAW").is_some() {
        fs::write(&file, &drawn).unwrap();
    }
    let shown = fs::read_to_string(file).unwrap_or_default();
    assert!(
        shown.replace("\r\n", "\n") == drawn,
        "src/figures/ch07-limits.html is old: run this test with DRAW=1"
    );
}

fn figures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/figures")
}

/// Lines of at most 96 characters, each indented by two.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if line.is_empty() || line.len() + 1 + word.len() <= 96 {
            *line += if line.is_empty() { "  " } else { " " };
            *line += word;
        } else {
            lines.push(format!("  {word}"));
        }
    }
    lines.join("\n")
}

/// The bundled model, saying that it has these versions: its second byte is its IR version, and its last is that
/// of its opset.
fn model_of(ir_version: i64, opset: i64) -> Vec<u8> {
    let mut bytes = models::CLASSIFIER.to_vec();
    let last = bytes.len() - 1;
    bytes[1] = u8::try_from(ir_version).unwrap();
    bytes[last] = u8::try_from(opset).unwrap();
    let header = model::header(&bytes).unwrap();
    assert_eq!(
        (header.ir_version, header.opsets[0].version),
        (ir_version, opset)
    );
    bytes
}

/// A runtime of any version. What it makes is never released: a test process ends soon.
struct Runtime {
    /// Longer here than in an older runtime: only functions that every version has are read.
    api: *const sys::OrtApi,
    env: *mut sys::OrtEnv,
    options: *mut sys::OrtSessionOptions,
}

impl Runtime {
    fn open(path: &Path, api_version: u32) -> Runtime {
        let mut runtime = Runtime {
            // SAFETY: `base` is the runtime's, which stays loaded.
            api: unsafe { ((*base(path)).GetApi)(api_version) },
            env: null_mut(),
            options: null_mut(),
        };
        assert!(!runtime.api.is_null());
        let quiet = sys::OrtLoggingLevel::ORT_LOGGING_LEVEL_FATAL;
        // SAFETY: as `onnxruntime_c_api.h` has it.
        unsafe {
            let status = ((*runtime.api).CreateEnv)(quiet, c"limits".as_ptr(), &mut runtime.env);
            assert_eq!(runtime.text(status.0), None);
            let status = ((*runtime.api).CreateSessionOptions)(&mut runtime.options);
            assert_eq!(runtime.text(status.0), None);
        }
        runtime
    }

    /// What the runtime says of a model that it does not load.
    fn refusal(&self, model: &[u8]) -> Option<String> {
        let mut session = null_mut();
        // SAFETY: as `onnxruntime_c_api.h` has it; the model is copied.
        unsafe {
            let model_data = model.as_ptr().cast::<c_void>();
            let status = ((*self.api).CreateSessionFromArray)(
                self.env,
                model_data,
                model.len(),
                self.options,
                &mut session,
            );
            self.text(status.0)
        }
    }

    /// # Safety
    /// The status is one of this runtime's, or null.
    unsafe fn text(&self, status: *mut sys::OrtStatus) -> Option<String> {
        if status.is_null() {
            return None;
        }
        // SAFETY: the caller's promise.
        let text = unsafe { CStr::from_ptr(((*self.api).GetErrorMessage)(status)) };
        Some(text.to_string_lossy().into_owned())
    }
}

fn base(path: &Path) -> *const sys::OrtApiBase {
    // SAFETY: the library is the one that this test is asked to run.
    unsafe {
        let library = Box::leak(Box::new(libloading::Library::new(path).unwrap()));
        let get_base =
            library.get::<unsafe extern "system" fn() -> *const sys::OrtApiBase>(c"OrtGetApiBase");
        let base = get_base.unwrap()();
        assert!(base != null());
        base
    }
}
