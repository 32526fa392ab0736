//! Makes the bundled files from `words.tsv`, and compares byte for byte.

mod classifier;
mod encoder;
mod graph;
mod tokenizer;
mod vocabulary;

use onnx_messages::Model;
use snapbox::{assert_data_eq, file};
use vocabulary::Vocabulary;

#[test]
fn the_classifier_is_what_the_words_give() {
    assert_data_eq!(
        classifier::made(&Vocabulary::read()).to_bytes(),
        file!["../../classifier.onnx": Binary].raw()
    );
}

#[test]
fn the_encoder_is_what_the_words_give() {
    assert_data_eq!(
        encoder::made(&Vocabulary::read()).to_bytes(),
        file!["../../encoder.onnx": Binary].raw()
    );
}

#[test]
fn the_tokenizer_is_what_the_words_give() {
    assert_data_eq!(
        tokenizer::made(&Vocabulary::read()),
        file!["../../tokenizer.json"].raw()
    );
}

#[test]
fn the_models_headers_and_contracts_are_as_documented() {
    let documented = [
        (models::CLASSIFIER, "logits", 2),
        (models::ENCODER, "last_hidden_state", models::DIM as i64),
    ];
    for (bytes, output, dim) in documented {
        let model = Model::from_bytes(bytes).unwrap();
        assert_eq!(model.ir_version, 8);
        let opsets: Vec<_> = model
            .opset_import
            .iter()
            .map(|set| (set.domain.as_str(), set.version))
            .collect();
        assert_eq!(opsets, [("", 17)]);
        let graph = model.graph.unwrap();
        let names = |values: &[onnx_messages::Value]| {
            values
                .iter()
                .map(|value| value.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&graph.input), ["input_ids", "attention_mask"]);
        assert_eq!(names(&graph.output), [output]);
        let embeddings = graph
            .initializer
            .iter()
            .find(|tensor| tensor.name == "embeddings")
            .unwrap();
        assert_eq!(embeddings.dims, [models::VOCABULARY as i64, dim]);
    }
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
