//! Makes the bundled files from `words.tsv`, and compares byte for byte:
//! `MAKE=1 cargo test -p models` writes them.

mod classifier;
mod onnx;
mod tokenizer;
mod vocabulary;

use std::path::Path;

use prost::Message;
use vocabulary::Vocabulary;

/// Compares the committed file with what is made from the words, or writes it.
#[track_caller]
fn is_made_again(name: &str, made: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("MAKE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let committed = std::fs::read(&path).unwrap();
    assert!(
        committed == made,
        "models/{name} is not what words.tsv gives: `MAKE=1 cargo test -p models` makes it again"
    );
}

#[test]
fn the_classifier_is_what_the_words_give() {
    is_made_again(
        "classifier.onnx",
        &classifier::made(&Vocabulary::read()).encode_to_vec(),
    );
}

#[test]
fn the_tokenizer_is_what_the_words_give() {
    is_made_again(
        "tokenizer.json",
        tokenizer::made(&Vocabulary::read()).as_bytes(),
    );
}

#[test]
fn the_classifier_s_header_and_contract_are_as_documented() {
    let model = onnx::Model::decode(models::CLASSIFIER).unwrap();
    assert_eq!(model.ir_version, 8);
    let opsets: Vec<_> = model
        .opset_import
        .iter()
        .map(|set| (set.domain.as_str(), set.version))
        .collect();
    assert_eq!(opsets, [("", 17)]);
    let graph = model.graph.unwrap();
    let names = |values: &[onnx::Value]| {
        values
            .iter()
            .map(|value| value.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&graph.input), ["input_ids", "attention_mask"]);
    assert_eq!(names(&graph.output), ["logits"]);
    let embeddings = graph
        .initializer
        .iter()
        .find(|tensor| tensor.name == "embeddings")
        .unwrap();
    assert_eq!(embeddings.dims, [models::VOCABULARY as i64, 2]);
}

#[test]
fn the_words_are_few_sorted_and_each_has_a_source() {
    let vocabulary = Vocabulary::read();
    assert_eq!(vocabulary.len(), models::VOCABULARY);
    let words = vocabulary::words();
    assert!(words.is_sorted_by(|one, next| one.text < next.text));
    assert!(
        words
            .iter()
            .all(|word| word.text.bytes().all(|byte| byte.is_ascii_lowercase()))
    );
}
