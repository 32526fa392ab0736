//! Compiles the code that the page's inspector writes, and runs it on the bundled model; and writes what the
//! figure and its test (book-tests/figures/ch05-inspector.test.js) take from Rust.

use std::fmt::Write;

use ch05_input_names_solution::request::nearest;
use ort::session::Session;
use ort::value::Tensor;
use snapbox::{assert_data_eq, file};

#[rustfmt::skip]
#[path = "../../../book-tests/figures/ch05-inspector-classifier.rs"]
mod classifier;
#[rustfmt::skip]
#[path = "../../../book-tests/figures/ch05-inspector-odd.rs"]
#[expect(dead_code, reason = "no such model is here: that it compiles is enough")]
mod odd;

/// `[CLS] a wonderful film [SEP]`
const WONDERFUL: [i64; 5] = [2, 100, 1167, 435, 3];

#[test]
fn the_written_code_feeds_the_bundled_model() {
    let environment = runtime::environment().unwrap();
    let mut session = Session::builder(environment)
        .and_then(|mut builder| builder.commit_from_memory(models::CLASSIFIER))
        .unwrap();
    let inputs = classifier::Inputs {
        batch: 1,
        seq: 5,
        input_ids: WONDERFUL.to_vec(),
        attention_mask: vec![1; 5],
    };
    let outputs = classifier::run(&mut session, inputs).unwrap();
    let (_, logits) = outputs["logits"].try_extract_tensor::<f32>().unwrap();
    // What the page says of it.
    assert_eq!(format!("{:.1}", logits[1]), "2.7");
}

#[test]
fn onnx_runtime_takes_a_default_without_a_word() {
    // ort-tract ends the process.
    if runtime::name().starts_with("ort-tract") {
        return;
    }
    let model = include_bytes!("../../../book-tests/figures/ch05-inspector-default.onnx");
    let environment = runtime::environment().unwrap();
    let mut session = Session::builder(environment)
        .and_then(|mut builder| builder.commit_from_memory(model))
        .unwrap();
    let x = Tensor::from_array(([1_usize], vec![1.0_f32])).unwrap();
    let outputs = session.run(ort::inputs!["x" => x]).unwrap();
    let (_, y) = outputs["y"].try_extract_tensor::<f32>().unwrap();
    assert_eq!(y, [3.0]);
}

#[test]
fn the_sample_in_the_page_is_the_bundled_model() {
    let mut json = String::from("{ \"name\": \"classifier.onnx\", \"hex\": \"");
    for byte in models::CLASSIFIER {
        let _ = write!(json, "{byte:02x}");
    }
    assert_data_eq!(
        json + "\" }\n",
        file!["../../../src/figures/ch05-inspector.json"].raw()
    );
}

#[test]
fn the_file_holds_the_nearest_names_of_now() {
    let inputs = ["input_ids", "attention_mask", "token_type_ids"];
    let names = [
        "input_id",
        "Input_Ids",
        "inputs_ids",
        "input-ids",
        "ids",
        "ipnut_ids",
        "attention_maks",
        "atention_msk",
        "mask",
        "token_type_id",
        "token_types",
        "input_ids_1",
        "attentionmask",
        "INPUT_IDS",
        "inptids",
        "",
    ];
    let of_all = names.map(|name| (name, &inputs[..]));
    let close = ["abc", "aazz"];
    // Between "ca" and "abc" lie two edits, for a letter may come between two that are swapped.
    let of_close = ["a", "ca", "bac", "ABC", "abcdef", "zz"].map(|name| (name, &close[..]));
    let rows: Vec<String> = of_all
        .iter()
        .chain(&of_close)
        .map(|(name, wanted)| {
            let found = nearest(name, wanted.iter().copied());
            let found = found.map_or("null".to_owned(), |found| format!("{found:?}"));
            format!("{{ \"name\": {name:?}, \"wanted\": {wanted:?}, \"nearest\": {found} }}")
        })
        .collect();
    let json = format!("[\n{}\n]\n", rows.join(",\n"));
    assert_data_eq!(
        json,
        file!["../../../book-tests/figures/ch05-inspector.json"].raw()
    );
}
