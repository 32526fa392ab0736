//! The bundled model gives sensible answers on the runtime in use.

use ort::session::Session;
use ort::value::Tensor;
use tokenizers::Tokenizer;

const POSITIVE: [&str; 6] = [
    "a wonderful film",
    "What a delightful, funny and clever story!",
    "I loved every minute of it.",
    "The acting is superb and the music is beautiful.",
    "one of the best movies of the year",
    "charming from start to end",
];

const NEGATIVE: [&str; 6] = [
    "a dreadful film",
    "The plot is stupid and the acting is terrible.",
    "I hated every minute of it.",
    "a boring, ugly waste of time",
    "one of the worst movies of the year",
    "sad, slow and disappointing",
];

fn session() -> Session {
    let environment = runtime::environment().unwrap();
    let mut builder = Session::builder(environment).unwrap();
    builder.commit_from_memory(models::CLASSIFIER).unwrap()
}

fn ids_of(sentence: &str) -> Vec<i64> {
    let tokenizer: Tokenizer = models::TOKENIZER.parse().unwrap();
    let encoding = tokenizer.encode(sentence, true).unwrap();
    encoding.get_ids().iter().map(|&id| id.into()).collect()
}

/// `[negative, positive]` of one sentence.
fn logits(session: &mut Session, ids: &[i64], mask: &[i64]) -> [f32; 2] {
    let tensor = |row: &[i64]| Tensor::from_array(([1, row.len()], row.to_vec())).unwrap();
    let inputs = ort::inputs! { "input_ids" => tensor(ids), "attention_mask" => tensor(mask) };
    let outputs = session.run(inputs).unwrap();
    let (shape, logits) = outputs["logits"].try_extract_tensor::<f32>().unwrap();
    assert_eq!(shape[..], [1, 2]);
    logits.try_into().unwrap()
}

#[test]
fn sentences_that_speak_well_are_told_from_those_that_speak_ill() {
    let mut session = session();
    println!("{}", runtime::name());
    for (sentences, is_positive) in [(POSITIVE, true), (NEGATIVE, false)] {
        for sentence in sentences {
            let ids = ids_of(sentence);
            let [negative, positive] = logits(&mut session, &ids, &vec![1; ids.len()]);
            let right = (positive > negative) == is_positive && (positive - negative).abs() > 0.5;
            assert!(
                right,
                "`{sentence}`: negative {negative}, positive {positive}"
            );
        }
    }
}

#[test]
fn padding_changes_nothing_under_the_mask_and_much_without_it() {
    let mut session = session();
    let ids = ids_of("a wonderful film");
    let alone = logits(&mut session, &ids, &vec![1; ids.len()]);

    let mut padded = ids.clone();
    padded.resize(12, 0);
    let mut mask = vec![1; ids.len()];
    mask.resize(12, 0);
    let under_the_mask = logits(&mut session, &padded, &mask);
    assert!((0..2).all(|class| (alone[class] - under_the_mask[class]).abs() < 1e-5));

    let [negative, positive] = logits(&mut session, &padded, &[1; 12]);
    assert!(negative > positive, "the padding speaks ill");
}

#[test]
fn a_row_of_padding_alone_has_logits_of_zero() {
    assert_eq!(logits(&mut session(), &[0, 0, 0], &[0, 0, 0]), [0.0, 0.0]);
}
