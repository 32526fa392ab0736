//! The rules for a page: WebAssembly that audits one text. `bash .ci/audit-page` makes `src/live/audit.wasm` of it.
//!
//! It imports nothing. A page calls its exports so:
//!
//! ```js
//! const { instance } = await WebAssembly.instantiate(bytes); // no imports
//! const { memory, alloc, audit, free } = instance.exports;
//! const text = new TextEncoder().encode(source);
//! const at = alloc(text.length); // where the text goes
//! new Uint8Array(memory.buffer, at, text.length).set(text);
//! const answer = audit(at, text.length, 0); // 0: Rust, 1: a Cargo.toml; the text is free after it
//! const length = new DataView(memory.buffer).getUint32(answer, true);
//! const json = new TextDecoder().decode(new Uint8Array(memory.buffer, answer + 4, length));
//! free(answer, length + 4);
//! ```
//!
//! `memory.buffer` is another one after each call that lets the memory grow, so it is asked for anew.
//!
//! The JSON is an object: `error` is `null` or one line that says why the text cannot be read; `findings` are those of the
//! text, each with `id`, `chapter`, `confidence` (`likely` or `look-here`), `line`, `column`, `end_line`, `end_column` (from
//! 1, columns in characters, the end is the column after the last character), `label`, `finds`, `why` and `page`
//! (`ch10-nan.html#one-right-fix`); `complaints` are what is wrong with comments that allow something, each with `line` and
//! `text`.
//!
//! A text that is nested deeper than people write is an `error`. If a call throws all the same, since the browser has little
//! stack, the instance is not to be used again: make another one.

use audit_rules::{
    Aliases, Finding, Manifest, Options, Place, Report, Source, Told, audit_manifest, line,
};
use serde::Serialize;

/// Levels of a syntax tree that fit into the stack that browsers give to a page: one MiB, and in the worst form 320 levels.
const DEPTH: usize = 250;

#[derive(Serialize)]
struct Answer {
    error: Option<String>,
    findings: Vec<Told>,
    complaints: Vec<Complaint>,
}

#[derive(Serialize)]
struct Complaint {
    line: usize,
    text: String,
}

/// Memory for `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Gives back the `length` bytes at `at`.
///
/// # Safety
/// They are what [`alloc`] or [`audit`] gave, and nobody uses them any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(at: *mut u8, length: usize) {
    // SAFETY: so the caller promises.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, length)) });
}

/// Audits the text of `length` bytes at `at`, and gives it back as [`free`] does. The answer is its length in four bytes, the
/// lowest first, then JSON.
///
/// # Safety
/// They are what [`alloc`] gave, and nobody uses them any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn audit(at: *mut u8, length: usize, is_manifest: u32) -> *mut u8 {
    // SAFETY: so the caller promises.
    let bytes = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(at, length)) };
    let answer = answer(Vec::from(bytes), is_manifest != 0).unwrap_or_else(|error| Answer {
        error: Some(error),
        findings: Vec::new(),
        complaints: Vec::new(),
    });
    let json = serde_json::to_vec(&answer).unwrap_or_default();
    let length = u32::try_from(json.len()).unwrap_or_default();
    let framed = [&length.to_le_bytes()[..], &json].concat();
    Box::into_raw(framed.into_boxed_slice()).cast()
}

fn answer(bytes: Vec<u8>, is_manifest: bool) -> Result<Answer, String> {
    let text = String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?;
    if is_manifest {
        let findings = audit_manifest(&Manifest::read(text.clone())?);
        return Ok(told(&text, findings, Vec::new()));
    }
    let options = Options {
        depth: DEPTH,
        ..Options::default()
    };
    let aliases = Aliases::of([text.as_str()]);
    let source = Source::read(text, &aliases, options).map_err(|error| error.to_string())?;
    let report = Report::of(&source);
    Ok(told(&source.text, report.findings, report.complaints))
}

fn told(text: &str, findings: Vec<Finding>, complaints: Vec<audit_rules::Complaint>) -> Answer {
    let findings = findings.iter();
    let complaints = complaints.into_iter();
    Answer {
        error: None,
        findings: findings
            .map(|finding| Told::of(finding, &Place::of(text, finding.at.clone())))
            .collect(),
        complaints: complaints
            .map(|complaint| Complaint {
                line: line(text, complaint.at.start),
                text: complaint.text,
            })
            .collect(),
    }
}
