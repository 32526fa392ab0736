//! The bundled encoder computes on the runtime in use what its documentation says.

use models::DIM;
use onnx_messages::Model;
use ort::session::Session;
use ort::value::Tensor;

const TEXTS: [&str; 3] = [
    "a wonderful film",
    "one of the worst movies of the year",
    "",
];

/// What a float sum may differ by when it is added up in another order.
const SLACK: f32 = 1e-5;

type Rows = Vec<[f32; DIM]>;

fn session() -> Session {
    let environment = runtime::environment().unwrap();
    let mut builder = Session::builder(environment).unwrap();
    builder.commit_from_memory(models::ENCODER).unwrap()
}

fn texts() -> Vec<Vec<i64>> {
    let tokenizer: tokenizers::Tokenizer = models::TOKENIZER.parse().unwrap();
    let ids = |text| {
        let encoding = tokenizer.encode(text, true).unwrap();
        encoding.get_ids().iter().map(|&id| id.into()).collect()
    };
    TEXTS.map(ids).into()
}

/// The rows of each text: `ids` and `mask` have the shape `[batch, seq]`.
fn run(session: &mut Session, ids: &[Vec<i64>], mask: &[Vec<i64>]) -> Vec<Rows> {
    let shape = [ids.len(), ids[0].len()];
    let tensor = |rows: &[Vec<i64>]| Tensor::from_array((shape, rows.concat())).unwrap();
    let inputs = ort::inputs! { "input_ids" => tensor(ids), "attention_mask" => tensor(mask) };
    let outputs = session.run(inputs).unwrap();
    let (given, values) = outputs["last_hidden_state"]
        .try_extract_tensor::<f32>()
        .unwrap();
    assert_eq!(
        given[..],
        [shape[0] as i64, shape[1] as i64, DIM as i64],
        "[batch, seq, dim]"
    );
    let (rows, _) = values.as_chunks::<DIM>();
    rows.chunks(shape[1]).map(<[_]>::to_vec).collect()
}

/// The layer, once more: its weights from the file, its sums in f64.
struct Reference(onnx_messages::Graph);

impl Reference {
    fn read() -> Reference {
        Reference(Model::from_bytes(models::ENCODER).unwrap().graph.unwrap())
    }

    fn tensor(&self, name: &str) -> Vec<[f64; DIM]> {
        let mut tensors = self.0.initializer.iter();
        let tensor = tensors.find(|tensor| tensor.name == name).unwrap();
        let (bytes, _) = tensor.raw_data.as_chunks::<4>();
        let values: Vec<f64> = bytes
            .iter()
            .map(|&bytes| f32::from_le_bytes(bytes).into())
            .collect();
        values.as_chunks::<DIM>().0.to_vec()
    }

    /// The rows of one text; what is masked counts for no other token.
    fn rows(&self, ids: &[i64], mask: &[i64]) -> Rows {
        let embeddings = self.tensor("embeddings");
        let words: Vec<_> = ids.iter().map(|&id| embeddings[id as usize]).collect();
        let [queries, keys, values] =
            ["query", "key", "value"].map(|name| times(&words, &self.tensor(name)));
        let row = |(word, query): (&[f64; DIM], &[f64; DIM])| {
            let weigh = |(key, &mask): (&[f64; DIM], &i64)| {
                let score: f64 = query.iter().zip(key).map(|(query, key)| query * key).sum();
                mask as f64 * (score / (DIM as f64).sqrt()).exp()
            };
            let weights: Vec<f64> = keys.iter().zip(mask).map(weigh).collect();
            let total: f64 = weights.iter().sum();
            let mut row = *word;
            for (weight, value) in weights.iter().zip(&values) {
                for (place, value) in row.iter_mut().zip(value) {
                    *place += weight / total * value;
                }
            }
            row.map(|value| value as f32)
        };
        words.iter().zip(&queries).map(row).collect()
    }
}

fn times(rows: &[[f64; DIM]], weights: &[[f64; DIM]]) -> Vec<[f64; DIM]> {
    let row = |row: &[f64; DIM]| {
        let mut product = [0.0; DIM];
        for (value, weights) in row.iter().zip(weights) {
            for (place, weight) in product.iter_mut().zip(weights) {
                *place += value * weight;
            }
        }
        product
    };
    rows.iter().map(row).collect()
}

fn furthest(one: &[[f32; DIM]], other: &[[f32; DIM]]) -> f32 {
    assert_eq!(one.len(), other.len());
    let (one, other) = (one.as_flattened(), other.as_flattened());
    let differences = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other).abs());
    differences.fold(0.0, |furthest, difference| {
        if difference > furthest || difference.is_nan() {
            difference
        } else {
            furthest
        }
    })
}

fn mean(rows: &[[f32; DIM]]) -> [f32; DIM] {
    let mut mean = [0.0; DIM];
    for row in rows {
        for (place, value) in mean.iter_mut().zip(row) {
            *place += value / rows.len() as f32;
        }
    }
    mean
}

#[test]
fn each_text_has_the_rows_of_the_reference() {
    println!("{}", runtime::name());
    let (mut session, reference) = (session(), Reference::read());
    for ids in texts() {
        let mask = vec![1; ids.len()];
        let rows = run(
            &mut session,
            std::slice::from_ref(&ids),
            std::slice::from_ref(&mask),
        );
        let furthest = furthest(&rows[0], &reference.rows(&ids, &mask));
        assert!(furthest < SLACK, "{ids:?}: {furthest}");
    }
}

#[test]
fn padding_on_either_side_and_of_any_id_changes_nothing_under_the_mask() {
    let (mut session, reference) = (session(), Reference::read());
    let texts = texts();
    let longest = texts.iter().map(Vec::len).max().unwrap() + 3;
    for pad_id in [0, 3, 500] {
        for at_the_left in [false, true] {
            let padded = |text: &[i64], pad: i64, of: i64| {
                let padding = vec![pad; longest - text.len()];
                let tokens = text
                    .iter()
                    .map(|&id| if of == 1 { 1 } else { id })
                    .collect();
                if at_the_left {
                    [padding, tokens].concat()
                } else {
                    [tokens, padding].concat()
                }
            };
            let ids: Vec<_> = texts.iter().map(|text| padded(text, pad_id, 0)).collect();
            let mask: Vec<_> = texts.iter().map(|text| padded(text, 0, 1)).collect();
            let rows = run(&mut session, &ids, &mask);
            for (text, rows) in texts.iter().zip(rows) {
                let from = if at_the_left { longest - text.len() } else { 0 };
                let alone = reference.rows(text, &vec![1; text.len()]);
                let furthest = furthest(&rows[from..from + text.len()], &alone);
                assert!(
                    furthest < SLACK,
                    "{text:?}, padded with {pad_id}: {furthest}"
                );
            }
        }
    }
}

#[test]
fn without_the_mask_padding_changes_each_row_and_not_by_a_hair() {
    let mut session = session();
    for ids in texts() {
        let alone = run(
            &mut session,
            std::slice::from_ref(&ids),
            &[vec![1; ids.len()]],
        );
        let mut padded = ids.clone();
        padded.push(0);
        let seen = run(&mut session, &[padded], &[vec![1; ids.len() + 1]]);
        for (alone, seen) in alone[0].iter().zip(&seen[0]) {
            let furthest = furthest(&[*alone], &[*seen]);
            assert!(furthest > 0.02, "{ids:?}: {furthest}");
        }
    }
}

#[test]
fn the_row_of_cls_is_not_the_mean() {
    let mut session = session();
    for ids in texts() {
        let rows = run(
            &mut session,
            std::slice::from_ref(&ids),
            &[vec![1; ids.len()]],
        );
        let furthest = furthest(&[rows[0][0]], &[mean(&rows[0])]);
        assert!(furthest > 0.1, "{ids:?}: {furthest}");
    }
}

#[test]
fn a_text_of_padding_alone_has_finite_rows_in_which_all_places_count_alike() {
    let mut session = session();
    let ids = vec![0, 7, 500];
    let rows = run(&mut session, std::slice::from_ref(&ids), &[vec![0; 3]]);
    let reference = Reference::read();
    let words: Vec<_> = ids
        .iter()
        .map(|&id| reference.tensor("embeddings")[id as usize])
        .collect();
    let values = times(&words, &reference.tensor("value"));
    for (word, row) in words.iter().zip(&rows[0]) {
        for place in 0..DIM {
            let context: f64 = values.iter().map(|value| value[place] / 3.0).sum();
            assert!((word[place] + context - f64::from(row[place])).abs() < 1e-5);
        }
    }
}
