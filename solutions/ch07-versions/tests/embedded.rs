//! What the embedded runtime does not say: neither that a model is from the future, nor that the tokenizer is
//! another model's.

use std::sync::LazyLock;

use ort::environment::Environment;
use ort::session::Session;
use ort::value::Tensor;

static ENVIRONMENT: LazyLock<Environment> = LazyLock::new(|| {
    ort::set_api(ort_tract::api());
    ort::init().build().unwrap()
});

fn session(model: &[u8]) -> Session {
    let mut builder = Session::builder(&ENVIRONMENT).unwrap();
    builder.commit_from_memory(model).unwrap()
}

/// The logits of negative and positive.
fn score(session: &mut Session, tokenizer: &str, words: &[&str]) -> [f32; 2] {
    let tokenizer: serde_json::Value = serde_json::from_str(tokenizer).unwrap();
    let vocabulary = &tokenizer["model"]["vocab"];
    let ids: Vec<i64> = words
        .iter()
        .map(|word| vocabulary[word].as_i64().unwrap())
        .collect();
    let tensor = |values| Tensor::from_array(([1, words.len()], values)).unwrap();
    let mask = vec![1; words.len()];
    let outputs = session
        .run(ort::inputs!["input_ids" => tensor(ids), "attention_mask" => tensor(mask)])
        .unwrap();
    let (_, logits) = outputs["logits"].try_extract_tensor::<f32>().unwrap();
    [logits[0], logits[1]]
}

#[test]
fn it_runs_a_model_of_ir_version_99_and_opset_99() {
    let mut model = models::CLASSIFIER.to_vec();
    // The IR version is the second byte, the opset's the last: `tests/limits.rs` reads both back.
    let last = model.len() - 1;
    (model[1], model[last]) = (99, 99);
    let words = ["[CLS]", "a", "good", "film", "[SEP]"];
    let told = score(&mut session(&model), models::TOKENIZER, &words);
    let expected = score(&mut session(models::CLASSIFIER), models::TOKENIZER, &words);
    assert_eq!(told, expected);
}

#[test]
fn with_another_tokenizer_a_good_film_is_a_poor_one() {
    // As the check has it.
    let other = models::TOKENIZER
        .replace("\"good\"", "\"\u{0}\"")
        .replace("\"poor\"", "\"good\"")
        .replace("\"\u{0}\"", "\"poor\"");
    let mut session = session(models::CLASSIFIER);
    let words = ["[CLS]", "a", "good", "film", "[SEP]"];
    let [negative, positive] = score(&mut session, models::TOKENIZER, &words);
    assert!(positive > negative, "{negative} {positive}");
    let [negative, positive] = score(&mut session, &other, &words);
    assert!(positive < negative, "{negative} {positive}");
}
