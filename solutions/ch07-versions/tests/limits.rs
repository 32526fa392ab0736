//! What a real ONNX Runtime reads, and what it says of the rest. `ORT_DYLIB_PATH` names it; without one nothing of
//! this is proved, and the test says so.
//!
//! Straight through the C API, since `ort` does not take the runtimes that the page tells of as too old.

use std::ffi::{CStr, c_void};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::ptr::null_mut;

use ch07_versions_solution::limits::{self, Limits};
use ch07_versions_solution::{library, model};
use ort::sys;
use snapbox::{Data, assert_data_eq, file};

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

    let given_to_ort = match ort::init_from(&path) {
        Ok(_) => "takes it".into(),
        Err(error) => {
            let folder = format!("{}/", path.parent().unwrap().display());
            error.to_string().replace(&folder, "")
        }
    };
    let asked_for = said_without_api((minor + 1).max(ort::MINOR_VERSION.into()));
    // Without the runtime's own marks around it: where it was built, when it was said.
    let said: String = [
        (given_to_ort, ""),
        (asked_for, "The requested"),
        (newer_format, "Unsupported"),
        (newer_opset, "ONNX Runtime only"),
    ]
    .iter()
    .map(|(text, from)| text[text.find(from).unwrap()..].trim_end().to_owned() + "\n")
    .collect();
    println!("ONNX Runtime {version} says:\n{said}");
    let held = said_by(&version);
    // Of another runtime nothing is held, but where the page shows it.
    if held.exists() || SHOWN.contains(&version.as_str()) {
        assert_data_eq!(said, Data::read_from(&held, None).raw());
    }
}

/// What a runtime was seen to say, one line for each of [`ASKED`].
fn said_by(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/limits/{version}.txt"))
}

const ASKED: [&str; 4] = [
    "<code>ort</code> 2.0.0-rc.14",
    "asked for the next API version, at least 24",
    "a model of the next IR version",
    "a model of the next opset",
];

/// One that is too old for `ort` with API version 24, and the newest.
const SHOWN: [&str; 2] = ["1.23.2", "1.32.0"];

#[test]
fn the_page_shows_what_real_runtimes_said() {
    let said = SHOWN.map(|version| fs::read_to_string(said_by(version)).unwrap());
    let mut rows = String::new();
    for (at, asked) in ASKED.iter().enumerate() {
        let cells: String = SHOWN
            .iter()
            .zip(&said)
            .map(|(version, said)| {
                let line = said.lines().nth(at).unwrap();
                let line = line.replace('<', "&lt;").replace('>', "&gt;");
                format!("<td data-column=\"{version}\">{line}</td>")
            })
            .collect();
        writeln!(rows, "<tr><th scope=\"row\">{asked}</th>{cells}</tr>").unwrap();
    }
    let heads = SHOWN.map(|version| format!("<th scope=\"col\">ONNX Runtime {version}</th>"));
    let drawn = format!(
        "<figure class=\"said\">\n<table>\n<thead><tr><th scope=\"col\">What is asked</th>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table>\n<figcaption>What two real runtimes say, on Linux. The model is the bundled one, with another number in \
         its header.</figcaption>\n</figure>\n",
        heads.concat()
    );
    assert_data_eq!(drawn, file!["../../../src/figures/ch07-real.html"].raw());
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
    assert_data_eq!(drawn, file!["../../../src/figures/ch07-limits.html"].raw());
}

/// The same for the page's matrix, with the API version that `ort` calls: below it no limit counts.
#[test]
fn the_matrix_has_the_limits() {
    let api = u64::from(ort::MINOR_VERSION);
    let minors: Vec<u64> = (api..=NEWEST).collect();
    let limits: Vec<serde_json::Value> = minors
        .chunk_by(|a, b| limits::of(*a) == limits::of(*b))
        .map(|same| {
            let Limits { ir_version, opset } = limits::of(same[0]);
            serde_json::json!({ "since": same[0], "irVersion": ir_version, "opset": opset })
        })
        .collect();
    let data = serde_json::json!({ "api": api, "limits": limits });
    assert_data_eq!(
        format!("{data}\n"),
        file!["../../../src/figures/ch07-matrix.json"].raw()
    );
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
        assert!(!base.is_null());
        base
    }
}
