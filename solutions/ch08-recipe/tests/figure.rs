//! Writes what the figure of the chapter has of the bundled encoder, and what Rust finds with it under each recipe.

use std::fmt::Write;
use std::sync::{Arc, Mutex};

use ch08_recipe_solution::recipe::{Cache, Error, Model, Pooling, Recipe, Row, ranked};
use ch08_recipe_solution::{Embedder, Store};
use ort::session::Session;
use ort::value::Tensor;
use snapbox::{assert_data_eq, file};
use tokenizers::Tokenizer;

const PASSAGES: [&str; 4] = [
    "the actors were good",
    "a boring story, and a dreadful end",
    "the music was awful",
    "a wonderful film",
];
const PREFIX: &str = "search: ";
const QUERY: &str = "actors";

/// Its clones share one session.
#[derive(Clone)]
struct Encoder(Arc<Mutex<Session>>);

impl Encoder {
    fn load() -> Encoder {
        let builder = Session::builder(runtime::environment().unwrap());
        let session = builder.unwrap().commit_from_memory(models::ENCODER);
        Encoder(Arc::new(Mutex::new(session.unwrap())))
    }
}

impl Model for Encoder {
    fn run(&mut self, ids: &[u32]) -> Result<Vec<Vec<f32>>, Error> {
        let shape = [1, ids.len()];
        let ids: Vec<i64> = ids.iter().map(|&id| id.into()).collect();
        let mask = Tensor::from_array((shape, vec![1_i64; ids.len()])).unwrap();
        let ids = Tensor::from_array((shape, ids)).unwrap();
        let mut session = self.0.lock().unwrap();
        let inputs = ort::inputs! { "input_ids" => ids, "attention_mask" => mask };
        let outputs = session.run(inputs).unwrap();
        let (_, states) = outputs["last_hidden_state"]
            .try_extract_tensor::<f32>()
            .unwrap();
        let states = states.chunks_exact(models::DIM).map(<[f32]>::to_vec);
        Ok(states.collect())
    }
}

fn recipe() -> Recipe {
    Recipe {
        model: "encoder".to_owned(),
        query_prefix: PREFIX.to_owned(),
        passage_prefix: String::new(),
        pooling: Pooling::Mean,
        normalize: true,
    }
}

fn embedder(model: &Encoder, recipe: Recipe) -> Embedder {
    let model = Box::new(model.clone());
    Embedder::load(models::TOKENIZER, model, recipe, Cache::default()).unwrap()
}

#[test]
fn the_figure_has_the_hidden_states_of_today() {
    let tokenizer: Tokenizer = models::TOKENIZER.parse().unwrap();
    let mut model = Encoder::load();
    let with_prefix = format!("{PREFIX}{QUERY}");
    let texts = PASSAGES.into_iter().chain([QUERY, &with_prefix]);
    let texts = texts.map(|text| {
        let encoding = tokenizer.encode(text, true).unwrap();
        let states = model.run(encoding.get_ids()).unwrap();
        let rows = states.iter().map(|state| {
            let values: Vec<String> = state.iter().map(|value| format!("{value:.4}")).collect();
            format!("[{}]", values.join(", "))
        });
        let rows: Vec<String> = rows.collect();
        format!("{text:?}: [{}]", rows.join(", "))
    });
    let texts: Vec<String> = texts.collect();
    let json = format!("{{\n{}\n}}\n", texts.join(",\n"));
    assert_data_eq!(json, file!["../../../src/figures/ch08-search.json"].raw());
}

/// What is forgotten, and how passages and query are then made.
fn cases() -> [(&'static str, [Recipe; 4], Recipe); 5] {
    let [right, no_prefix, first, raw] = [
        recipe(),
        Recipe {
            query_prefix: String::new(),
            ..recipe()
        },
        Recipe {
            pooling: Pooling::Cls,
            ..recipe()
        },
        Recipe {
            normalize: false,
            ..recipe()
        },
    ];
    let all = |recipe: &Recipe| [(); 4].map(|()| recipe.clone());
    let mut mixed = all(&right);
    mixed[0] = first.clone();
    mixed[1] = first.clone();
    [
        ("nothing", all(&right), right.clone()),
        ("prefix", all(&right), no_prefix),
        ("pooling", all(&right), first),
        ("old", mixed, right),
        ("length", all(&raw), raw),
    ]
}

#[test]
fn the_figure_finds_what_rust_finds() {
    let model = Encoder::load();
    let mut json = String::new();
    for (forgotten, stored, asked) in cases() {
        let rows = PASSAGES.iter().zip(stored).map(|(passage, recipe)| Row {
            text: (*passage).to_owned(),
            recipe: recipe.fingerprint(),
            vector: embedder(&model, recipe).passage(passage).unwrap(),
        });
        let rows: Vec<Row> = rows.collect();
        let mut embedder = embedder(&model, asked);
        let hits = ranked(&rows, &embedder.query(QUERY).unwrap());
        let hits = hits
            .iter()
            .map(|hit| format!("[{:?}, {:.3}]", hit.text, hit.score));
        let hits: Vec<String> = hits.collect();
        let answer = Store::open(rows).search(&mut embedder, QUERY);
        let refused = matches!(answer, Err(Error::OtherRecipe { .. }));
        let comma = if json.is_empty() { "" } else { ",\n" };
        write!(
            json,
            "{comma}{{ \"forgotten\": {forgotten:?}, \"hits\": [{}], \"refused\": {refused} }}",
            hits.join(", ")
        )
        .unwrap();
    }
    let json = format!("[\n{json}\n]\n");
    assert_data_eq!(
        json,
        file!["../../../book-tests/figures/ch08-search.json"].raw()
    );
}
