//! What each runtime does with a wrong request that nobody checks, case by case. Some cases end the process,
//! so that each runs in one of its own.
//!
//! What was seen on each runtime is kept in `truth_table/`, and the table of the page is drawn from all of them: see
//! `ORT_DYLIB_PATH` in models/README.md.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ort::session::{Session, SessionInputValue, SessionOutputs};
use ort::value::Tensor;
use snapbox::{Data, assert_data_eq, file};

type Inputs = Vec<(&'static str, SessionInputValue<'static>)>;

/// `[CLS] a wonderful film [SEP]`
const WONDERFUL: [i64; 5] = [2, 100, 1167, 435, 3];
/// `[CLS] a dreadful film [SEP]`
const DREADFUL: [i64; 5] = [2, 100, 341, 435, 3];
const ONES: [i64; 5] = [1; 5];

/// How the page says it, and what is asked.
type Case = (&'static str, fn() -> Inputs);

const CASES: [Case; 17] = [
    ("a right request", || {
        vec![ids(&[1, 5], &WONDERFUL), mask(&[1, 5], &ONES)]
    }),
    ("<code>input_id</code> for <code>input_ids</code>", || {
        vec![int64("input_id", &[1, 5], &WONDERFUL), mask(&[1, 5], &ONES)]
    }),
    ("<code>Input_Ids</code> for <code>input_ids</code>", || {
        vec![
            int64("Input_Ids", &[1, 5], &WONDERFUL),
            mask(&[1, 5], &ONES),
        ]
    }),
    ("no <code>attention_mask</code>", || {
        vec![ids(&[1, 5], &WONDERFUL)]
    }),
    ("<code>token_type_ids</code> too", || {
        vec![
            ids(&[1, 5], &WONDERFUL),
            mask(&[1, 5], &ONES),
            int64("token_type_ids", &[1, 5], &[0; 5]),
        ]
    }),
    ("<code>mask</code> too, an inner value", || {
        let inner = Tensor::from_array(([1_usize, 5], vec![1.0_f32; 5])).unwrap();
        vec![
            ids(&[1, 5], &WONDERFUL),
            mask(&[1, 5], &ONES),
            ("mask", inner.into()),
        ]
    }),
    ("<code>input_ids</code> twice", || {
        vec![
            ids(&[1, 5], &WONDERFUL),
            mask(&[1, 5], &ONES),
            ids(&[1, 5], &DREADFUL),
        ]
    }),
    ("ids and mask under each other's names", || {
        vec![ids(&[1, 5], &ONES), mask(&[1, 5], &WONDERFUL)]
    }),
    ("ids and mask in each other's places", || {
        // Without names: see `run`.
        vec![int64("", &[1, 5], &ONES), int64("", &[1, 5], &WONDERFUL)]
    }),
    ("int32 ids", || {
        let tensor = Tensor::from_array(([1_usize, 5], WONDERFUL.map(|id| id as i32).to_vec()));
        vec![("input_ids", tensor.unwrap().into()), mask(&[1, 5], &ONES)]
    }),
    ("ids and mask of one axis", || {
        vec![ids(&[5], &WONDERFUL), mask(&[5], &ONES)]
    }),
    ("one row of mask for two rows of ids", || {
        let both = [WONDERFUL, DREADFUL].concat();
        vec![ids(&[2, 5], &both), mask(&[1, 5], &ONES)]
    }),
    ("a mask of another length", || {
        vec![ids(&[1, 5], &WONDERFUL), mask(&[1, 4], &ONES[..4])]
    }),
    ("an id past the vocabulary", || {
        vec![ids(&[1, 5], &[2, 100, 1200, 435, 3]), mask(&[1, 5], &ONES)]
    }),
    ("the id -1", || {
        vec![ids(&[1, 5], &[2, 100, -1, 435, 3]), mask(&[1, 5], &ONES)]
    }),
    ("no rows", || vec![ids(&[0, 5], &[]), mask(&[0, 5], &[])]),
    ("rows without ids", || {
        vec![ids(&[1, 0], &[]), mask(&[1, 0], &[])]
    }),
];

const CASE: &str = "TRUTH_TABLE_CASE";
const ANSWER: i32 = 10;
const ERROR: i32 = 11;
/// Stands before what a case tells.
const MARK: &str = "told: ";
/// Characters of what a runtime tells that are kept.
const LONGEST: usize = 240;

#[test]
fn what_the_runtime_in_use_does_is_what_the_table_says() {
    if let Ok(case) = std::env::var(CASE) {
        let case: usize = case.parse().unwrap();
        let (code, words) = match run(CASES[case].1) {
            Ok(logits) => (ANSWER, logits),
            Err(error) => (ERROR, error.to_string()),
        };
        println!("{MARK}{}", on_one_line(&words));
        std::process::exit(code);
    }
    let seen: String = (0..CASES.len())
        .map(|case| {
            let (what, words) = outcome(case);
            format!("{}: {what}: {words}\n", CASES[case].0)
        })
        .collect();
    let runtime = runtime::name();
    let file = folder().join(runtime.replace(' ', "-") + ".txt");
    // A runtime whose file is not there is not shown. To show it, make the file empty and draw anew.
    if file.exists() {
        assert_data_eq!(seen, Data::read_from(&file, None).raw());
    } else {
        println!("skipped: the page shows nothing of {runtime}");
    }
}

#[test]
fn the_table_of_the_page_is_drawn_from_what_was_seen() {
    let mut runtimes: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    // The embedded one first.
    runtimes.sort_by_key(|file| {
        let name = file.file_name().unwrap().to_owned();
        (!name.to_string_lossy().starts_with("ort"), name)
    });
    let texts: Vec<String> = runtimes
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    let head: String = runtimes
        .iter()
        .map(|file| {
            format!(
                "<th scope=\"col\">{}</th>",
                file.file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .replacen("-1.", " 1.", 1)
                    .replacen("-0.", " 0.", 1)
                    .replace("ONNX-", "ONNX ")
            )
        })
        .collect();
    let mut table = format!(
        "<div class=\"table-wrapper\"><table class=\"outcomes\">\n<caption>What each runtime does with a request that no code has checked: ✓ answers, ✗ refuses, ! answers what should have been refused, ☠ ends the process. Open a mark to read what it tells.</caption>\n\
         <thead><tr><th scope=\"col\">The request</th>{head}</tr></thead>\n<tbody>\n"
    );
    for (row, (case, _)) in CASES.iter().enumerate() {
        let cells: String = texts
            .iter()
            .map(|text| {
                let line = text.lines().nth(row).unwrap();
                let told = line[CASES[row].0.len()..].strip_prefix(": ").unwrap();
                let (what, words) = told.split_once(": ").unwrap();
                cell(row, what, words)
            })
            .collect();
        table += &format!("<tr><th scope=\"row\">{case}</th>{cells}</tr>\n");
    }
    table += "</tbody></table></div>\n";
    assert_data_eq!(
        table,
        file!["../../../src/figures/ch05-truth-table.html"].raw()
    );
}

/// A mark, which opens what was told.
fn cell(case: usize, what: &str, words: &str) -> String {
    let (class, mark) = match what {
        "answers" if case == 0 => ("asked-for", "✓"),
        "answers" => ("unnoticed", "!"),
        "error" => ("error", "✗"),
        _ => ("unnoticed", "☠"),
    };
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<td class=\"{class}\"><details><summary><span aria-hidden=\"true\">{mark}</span> {what}</summary>{words}</details></td>"
    )
}

/// The first sentences of what a runtime tells, which may be long.
fn on_one_line(words: &str) -> String {
    // After this, ort-tract prints a map, in another order each time.
    let words = words.split(" (TurnState").next().unwrap();
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} ...", &line[..end]),
        None => line,
    }
}

/// What became of the process that ran the case, and what it told: its logits, its error, or the panic that ended it.
fn outcome(case: usize) -> (&'static str, String) {
    let test = "what_the_runtime_in_use_does_is_what_the_table_says";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", test])
        .env(CASE, case.to_string())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let told = || {
        told.split_once(MARK)
            .unwrap()
            .1
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    let stderr = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(ANSWER) => ("answers", told()),
        Some(ERROR) => ("error", told()),
        Some(101) => panic!("{stderr}"),
        // The line after the panic's place, which is a path of this machine.
        _ => {
            let panic = stderr
                .split_once("panicked at ")
                .and_then(|(_, told)| told.lines().nth(1));
            (
                "ends the process",
                on_one_line(panic.unwrap_or("nothing is told")),
            )
        }
    }
}

/// The logits that the runtime gives, with two digits.
fn run(inputs: fn() -> Inputs) -> ort::Result<String> {
    // Before the first tensor: `ort` would look for a library of its own.
    let environment = runtime::environment().unwrap();
    let mut session = Session::builder(environment)
        .unwrap()
        .commit_from_memory(models::CLASSIFIER)
        .unwrap();
    let inputs = inputs();
    if inputs[0].0.is_empty() {
        let values: Vec<SessionInputValue> = inputs.into_iter().map(|(_, value)| value).collect();
        return logits(session.run(&values[..])?);
    }
    logits(session.run(inputs)?)
}

fn logits(outputs: SessionOutputs) -> ort::Result<String> {
    let logits = &outputs["logits"];
    let shape = format!("of shape {:?}", &**logits.shape());
    // ort reads an empty tensor of ort-tract through a null pointer: it is left alone.
    if logits.shape().num_elements() == 0 {
        return Ok(format!("no logits, {shape}"));
    }
    let (_, values) = logits.try_extract_tensor::<f32>()?;
    let values: Vec<String> = values.iter().map(|value| format!("{value:.2}")).collect();
    Ok(format!("logits {} {shape}", values.join(", ")))
}

fn ids(shape: &[usize], values: &[i64]) -> (&'static str, SessionInputValue<'static>) {
    int64("input_ids", shape, values)
}

fn mask(shape: &[usize], values: &[i64]) -> (&'static str, SessionInputValue<'static>) {
    int64("attention_mask", shape, values)
}

fn int64(
    name: &'static str,
    shape: &[usize],
    values: &[i64],
) -> (&'static str, SessionInputValue<'static>) {
    let tensor = Tensor::from_array((shape.to_vec(), values.to_vec())).unwrap();
    (name, tensor.into())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/truth_table")
}
