//! What `ort` says by itself of a library, and what the preflight says: the page's table, and the verdicts by which
//! the page's matrix is tested. Both are drawn from a run.

// What the loader says is another text on each system, and the foreign processor is another one.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ch07_versions_solution::manifest::sha256;
use ch07_versions_solution::{Deployment, Refusal, Report, preflight};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, file};

/// Marks the child process, which starts `ort` on the library of `ORT_DYLIB_PATH`: a process can do that
/// once.
const CHILD: &str = "CH07_CHILD";

#[test]
fn in_the_child_process() {
    if std::env::var_os(CHILD).is_some() {
        match ort::init().build() {
            Ok(_) => println!("SAID it starts"),
            Err(error) => println!("SAID an error: {error}"),
        }
    }
}

#[test]
fn the_page_shows_what_each_says_now() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = String::new();
    for (what, library) in libraries(folder.path()) {
        let [alone, preflight] = [said_by_ort(&library), said_by_preflight(&library)]
            .map(|said| escaped(&said.replace(&format!("{}/", folder.path().display()), "")));
        // It begins with the file, which the row is about.
        let preflight = preflight
            .split_once(": ")
            .map_or(preflight.as_str(), |(_, refusal)| refusal);
        rows += &format!(
            "<tr><th scope=\"row\">{what}</th><td data-column=\"ort\">{alone}</td>\
             <td data-column=\"the preflight\">{preflight}</td></tr>\n"
        );
    }
    let drawn = format!(
        "<figure class=\"said\">\n<table>\n<thead><tr><th scope=\"col\">The library</th>\
         <th scope=\"col\"><code>ort::init().build()</code></th>\
         <th scope=\"col\">The preflight</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n\
         <figcaption>One run on Linux with ort 2.0.0-rc.14, the library in <code>ORT_DYLIB_PATH</code>. A version is what a stand-in \
         library reports.</figcaption>\n</figure>\n"
    );
    assert_data_eq!(drawn, file!["../../../src/figures/ch07-alone.html"].raw());
}

#[test]
fn without_a_path_it_looks_beside_the_program_and_then_where_the_system_looks() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let said = || said_in(Command::new(&program).env_remove("ORT_DYLIB_PATH"));
    let missing = said();
    assert!(
        missing.contains("`libonnxruntime.so`: dlopen failed"),
        "{missing}"
    );
    let library = stand_in_runtime::reporting("1.24.4", folder.path()).unwrap();
    fs::rename(library, folder.path().join("libonnxruntime.so")).unwrap();
    assert_eq!(said(), TAKES_IT);
}

fn libraries(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let version = |version| stand_in_runtime::reporting(version, folder).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut foreign = fs::read(version("1.31.1")).unwrap();
    // The processor, in an ELF header: 64-bit Arm.
    foreign[18..20].copy_from_slice(&[0xb7, 0]);
    vec![
        ("1.23.2", version("1.23.2")),
        ("1.24.4", version("1.24.4")),
        ("2.0.0", version("2.0.0")),
        ("2.31.0", version("2.31.0")),
        ("0.99.0", version("0.99.0")),
        ("1.31.1, built for Arm", file("libonnxruntime.so", &foreign)),
        (
            "the archive that it comes in",
            file("onnxruntime.whl", b"PK\x03\x04onnxruntime/capi/"),
        ),
        ("nothing at the path", folder.join("nothing.so")),
    ]
}

const TAKES_IT: &str = "takes it, and calls into it";

fn said_by_ort(library: &Path) -> String {
    said_in(Command::new(std::env::current_exe().unwrap()).env("ORT_DYLIB_PATH", library))
}

/// What `ort` says in this program, which holds these tests.
fn said_in(program: &mut Command) -> String {
    let child = program
        .args(["--exact", "in_the_child_process", "--nocapture"])
        .env(CHILD, "1")
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let (stdout, stderr) = (
        String::from_utf8_lossy(&child.stdout),
        String::from_utf8_lossy(&child.stderr),
    );
    // What the stand-in says when one of its functions is called.
    if stderr.contains("runs nothing") {
        return TAKES_IT.into();
    }
    if let Some((_, panic)) = stderr.split_once("panicked at ") {
        return format!("a panic: {}", panic.lines().nth(1).unwrap_or_default());
    }
    let said = stdout.lines().find_map(|line| line.split_once("SAID "));
    said.expect("the child says how it ended").1.to_owned()
}

fn said_by_preflight(library: &Path) -> String {
    let outcome = outcome(library, models::CLASSIFIER, &Deployed::default());
    outcome.map_or_else(
        |refusal| refusal.to_string(),
        |report| format!("it may start, on {}", report.runtime),
    )
}

/// Which files are not those of the release.
#[derive(Default)]
struct Deployed {
    other_model: bool,
    other_tokenizer: bool,
}

/// What the preflight says of a release that was tested with this model.
fn outcome(library: &Path, model: &[u8], deployed: &Deployed) -> Result<Report, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let manifest = format!(
        "release = \"2026-11-23\"\nruntime = {{ api = 24, tested = \"1.31.1\" }}\n\
         model = {{ sha256 = \"{}\" }}\ntokenizer = {{ sha256 = \"{}\" }}\n",
        sha256(model),
        sha256(models::TOKENIZER.as_bytes()),
    );
    let mut model = model.to_vec();
    if deployed.other_model {
        // One weight was trained again.
        let weight = model.len() / 2;
        model[weight] ^= 1;
    }
    let mut tokenizer = models::TOKENIZER.to_owned();
    if deployed.other_tokenizer {
        tokenizer.push('\n');
    }
    preflight(&Deployment {
        runtime: library.to_owned(),
        model: file("model.onnx", &model),
        tokenizer: file("tokenizer.json", tokenizer.as_bytes()),
        manifest: file("manifest.toml", manifest.as_bytes()),
    })
}

/// Of the bundled model.
const BUNDLED: (u8, u8) = (8, 17);

#[test]
fn the_matrix_is_tested_by_what_each_says_now() {
    let mut lines = Vec::new();
    for version in [
        "1.23.2",
        "1.24.0",
        "1.24.4",
        "1.31.1",
        "1.32.0",
        "1.100.0",
        "2.0.0",
        "2.31.0",
        "0.99.0",
        "0.124.0",
        "1.9.0",
        "10.24.0",
        "1.24",
        "1",
        "",
        "nightly",
        "v1.31.1",
        "1.31.1-dev",
        "1.x.0",
        "1.+31.1",
        "1.4294967296.0",
        "18446744073709551616.1.0",
    ] {
        lines.push(verdict(version, BUNDLED, &Deployed::default()));
    }
    for (version, versions) in [
        ("1.24.4", (13, 25)),
        ("1.24.4", (14, 25)),
        ("1.24.4", (13, 26)),
        ("1.25.0", (13, 26)),
        ("1.31.1", (14, 27)),
        ("1.31.1", (8, 28)),
        ("1.32.0", (14, 28)),
        ("1.32.0", (15, 28)),
        ("1.40.0", (14, 29)),
        ("1.23.2", (99, 99)),
        ("2.31.0", (99, 99)),
    ] {
        lines.push(verdict(version, versions, &Deployed::default()));
    }
    for (version, versions, other_model, other_tokenizer) in [
        ("1.31.1", BUNDLED, true, false),
        ("1.31.1", BUNDLED, false, true),
        ("1.32.0", BUNDLED, true, true),
        ("1.31.1", (14, 17), true, true),
        ("1.9.0", BUNDLED, false, true),
    ] {
        let deployed = Deployed {
            other_model,
            other_tokenizer,
        };
        lines.push(verdict(version, versions, &deployed));
    }
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let now = format!("[\n{}\n]\n", lines.join(",\n"));
    assert_data_eq!(
        now,
        file!["../../../book-tests/figures/ch07-matrix.json"].raw()
    );
}

/// What both say of a library that reports `version`, and of a model of this IR version and opset.
fn verdict(version: &str, (ir_version, opset): (u8, u8), deployed: &Deployed) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let library = stand_in_runtime::reporting(version, folder.path()).unwrap();
    // The IR version is the second byte, the opset's the last: `tests/limits.rs` reads both back.
    let mut model = models::CLASSIFIER.to_vec();
    let last = model.len() - 1;
    (model[1], model[last]) = (ir_version, opset);
    let (starts, says) = match outcome(&library, &model, deployed) {
        Ok(report) => {
            let start = format!("it may start, on {}", report.runtime);
            (true, [vec![start], report.warnings].concat())
        }
        Err(refusal) => {
            let line = refusal.to_string();
            let parent = refusal.path().parent().unwrap();
            (
                false,
                vec![line.replace(&format!("{}/", parent.display()), "")],
            )
        }
    };
    let alone = said_by_ort(&library).replace(&format!("{}/", folder.path().display()), "");
    json!({
        "version": version,
        "irVersion": ir_version,
        "opset": opset,
        "otherModel": deployed.other_model,
        "otherTokenizer": deployed.other_tokenizer,
        "starts": starts,
        "says": says,
        "alone": alone,
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
