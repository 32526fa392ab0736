//! What real runtimes read, and what they say of the rest. Needs one: `ORT_DYLIB_PATH` names it, and
//! without it nothing is proved here. `DRAW=1` writes the table, and what this runtime says.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use ch07_versions_solution::limits::{self, Limits};
use ch07_versions_solution::{library, model};

/// Measured in the same way on 2026-11-23, with a program of its own: `ort` does not take these.
const EARLIER: [(&str, i64, i64); 2] = [("1.20.1", 10, 21), ("1.23.2", 11, 23)];

const NEWEST: u64 = 32;

/// The last two bytes of the bundled model are its opset's version, the second byte is its IR version.
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

#[test]
fn this_runtime_reads_what_the_limits_say_and_no_more() {
    let Some(path) = std::env::var_os("ORT_DYLIB_PATH") else {
        return;
    };
    let version = library::version(Path::new(&path)).unwrap();
    let minor = version.split('.').nth(1).unwrap().parse().unwrap();
    let Limits { ir_version, opset } = limits::of(minor);
    let environment = ort::init_from(&path).unwrap().build().unwrap();
    let load = |bytes: &[u8]| {
        let mut builder = ort::session::Session::builder(&environment).unwrap();
        builder
            .commit_from_memory(bytes)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    load(&model_of(ir_version, opset)).unwrap();
    let newer_format = load(&model_of(ir_version + 1, opset)).unwrap_err();
    let newer_opset = load(&model_of(ir_version, opset + 1)).unwrap_err();

    // Without where it was built; the opset's message goes on about the next release.
    let (_, newer_format) = newer_format.split_once("Unsupported").unwrap();
    let (_, newer_opset) = newer_opset.split_once("ONNX Runtime only").unwrap();
    let (promise, _) = newer_opset.split_once("and support").unwrap();
    let (_, last) = newer_opset.split_once("Current").unwrap();
    let said = format!(
        "ONNX Runtime {version}, a model of IR version {}\n  Unsupported{}\n\
         ONNX Runtime {version}, a model of opset {}\n  ONNX Runtime only{}\n  [...]\n  Current{}\n",
        ir_version + 1,
        newer_format.trim_end(),
        opset + 1,
        promise.trim_end(),
        last.trim_end(),
    );
    let shown = include_str!("../../../src/figures/ch07-real.txt").replace("\r\n", "\n");
    println!("{said}");
    if shown.contains(&format!("ONNX Runtime {version},")) {
        assert!(
            shown.contains(&said),
            "the page shows another text than\n{said}"
        );
    }
}

#[test]
fn the_page_shows_the_limits() {
    let mut rows = String::new();
    let mut row = |runtimes: &str, ir_version, opset| {
        writeln!(
            rows,
            "<tr><th scope=\"row\">{runtimes}</th><td>{ir_version}</td><td>{opset}</td></tr>"
        )
        .unwrap();
    };
    for (runtime, ir_version, opset) in EARLIER {
        row(runtime, ir_version, opset);
    }
    let minors: Vec<u64> = (24..=NEWEST).collect();
    for same in minors.chunk_by(|a, b| limits::of(*a) == limits::of(*b)) {
        let Limits { ir_version, opset } = limits::of(same[0]);
        let last = same[same.len() - 1];
        let runtimes = if same.len() == 1 {
            format!("1.{last}")
        } else {
            format!("1.{} to 1.{last}", same[0])
        };
        row(&runtimes, ir_version, opset);
    }
    let drawn = format!(
        "<table>\n<thead><tr><th scope=\"col\">ONNX Runtime</th><th scope=\"col\">highest IR version</th>\
         <th scope=\"col\">highest opset</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    );
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../src/figures/ch07-limits.html"
    );
    if std::env::var_os("DRAW").is_some() {
        fs::write(file, &drawn).unwrap();
    }
    let shown = fs::read_to_string(file).unwrap_or_default();
    assert!(
        shown.replace("\r\n", "\n") == drawn,
        "src/figures/ch07-limits.html is old: run this test with DRAW=1"
    );
}
