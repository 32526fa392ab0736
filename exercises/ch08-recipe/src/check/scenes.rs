//! Processes, conversations and recipes by chance, the same in every run.

use std::fmt::Debug;

use checks::Failure;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use super::chat::{Talk, Template, message};
use super::file::{Around, File, Spelling};
use super::model::{POOLINGS, Weights};
use super::world::{Call, Earlier, Kind, Made, World};
use crate::recipe::{Message, Recipe};

/// Tries the cases, and tells of the first that fails, made as small as it still does.
#[track_caller]
pub fn for_each<T: Debug>(
    count: u32,
    cases: impl Strategy<Value = T>,
    judge: impl Fn(&T) -> Result<(), Failure>,
) {
    const SEED: u8 = 8;
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let random = TestRng::from_seed(RngAlgorithm::XorShift, &[SEED; 16]);
    let ran = TestRunner::new_with_rng(config, random).run(&cases, |case| {
        judge(&case).map_err(|failure| TestCaseError::fail(failure.seen))
    });
    if let Err(TestError::Fail(reason, smallest)) = ran {
        let failure = judge(&smallest).err().unwrap_or_else(|| {
            let why = "The same calls must have the same answers, whatever another process was asked before.";
            Failure::new(reason.to_string(), "what it is now", why)
        });
        failure.raise();
    }
}

fn file() -> impl Strategy<Value = File> {
    (
        select(&Spelling::ALL[..]),
        select(&Around::ALL[..]),
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(spelling, around, takes_unknown, has_blanks)| File {
            spelling,
            around,
            takes_unknown,
            has_blanks,
        })
}

/// Mostly short, some of a hundred characters; some with one that no vocabulary has.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        6 => "[a-c :]{1,6}",
        1 => "[a-c{}<&\"\\n]{1,12}",
        1 => "[a-z ]{40,60}",
        1 => "[a-cA-Cé]{1,3}",
    ]
}

pub fn talks() -> impl Strategy<Value = Talk> {
    let said = (select(vec!["system", "user", "assistant"]), text())
        .prop_map(|(role, content)| message(role, &content));
    (
        file(),
        select(&Template::ALL[..]),
        prop::array::uniform2(prop::bool::weighted(0.8)),
        vec((vec(said, 0..5), 0..8_usize, text()), 1..4),
        vec(text(), 0..3),
    )
        .prop_map(|(file, template, has, prompts, completions)| Talk {
            file,
            template,
            has,
            prompts: prompts.into_iter().flat_map(with_a_twin).collect(),
            completions,
        })
}

/// A conversation, and mostly one that differs from it in one message.
fn with_a_twin((messages, at, content): (Vec<Message>, usize, String)) -> Vec<Vec<Message>> {
    let mut twin = messages.clone();
    let Some(changed) = twin.get_mut(at) else {
        return vec![messages];
    };
    changed.content = content;
    vec![messages, twin]
}

fn prefix() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => select(vec!["query: ", "passage: ", "a", "ab", "a: ", "\"", "\", \""]).prop_map(String::from),
        1 => "[a-c:, |\"\\n]{1,4}",
    ]
}

fn recipe() -> impl Strategy<Value = Recipe> {
    let name = prop_oneof![
        select(vec!["e5", "bge", "e5@2"]).prop_map(String::from),
        prefix()
    ];
    (
        name,
        prefix(),
        prefix(),
        select(&POOLINGS[..]),
        any::<bool>(),
    )
        .prop_map(
            |(model, query_prefix, passage_prefix, pooling, normalize)| Recipe {
                model,
                query_prefix,
                passage_prefix,
                pooling,
                normalize,
            },
        )
}

/// Two recipes, of which the second differs in one part or in none, or has letters of one part in another.
pub fn pairs_of_recipes() -> impl Strategy<Value = [Recipe; 2]> {
    (recipe(), recipe(), 0..9_u8).prop_map(|(one, other, change)| {
        let mut second = one.clone();
        match change {
            0 => {}
            1 => second.model = other.model,
            2 => second.query_prefix = other.query_prefix,
            3 => second.passage_prefix = other.passage_prefix,
            4 => second.pooling = other.pooling,
            5 => second.normalize = !one.normalize,
            6 => std::mem::swap(&mut second.query_prefix, &mut second.passage_prefix),
            7 => {
                // The same letters, cut at another place.
                second.passage_prefix =
                    second.query_prefix.split_off(one.query_prefix.len() / 2) + &one.passage_prefix;
            }
            _ => second = other,
        }
        [one, second]
    })
}

const NAMES: [&str; 3] = ["e5", "bge", "minilm"];

/// The models of a process, each under its name. Most of their vectors are as long.
fn models() -> impl Strategy<Value = Vec<Weights>> {
    let one = (file(), 0..10_u32, prop::bool::weighted(0.8));
    let scale = select(vec![0.01_f32, 1.0, 100.0]);
    (vec((one, scale), NAMES.len()), 1..9_usize).prop_map(|(models, dimension)| {
        let models = NAMES.into_iter().zip(models);
        let weights = models.map(|(name, ((file, seed, is_alike), scale))| Weights {
            name,
            file,
            dimension: if is_alike { dimension } else { dimension + 1 },
            seed,
            scale,
        });
        weights.collect()
    })
}

/// Half of the embedders differ from the first in one part alone.
fn embedders() -> impl Strategy<Value = Vec<Made>> {
    let one = (
        0..NAMES.len(),
        prefix(),
        prefix(),
        select(&POOLINGS[..]),
        any::<bool>(),
    );
    let how = (
        0..9_u8,
        prop::bool::weighted(0.8),
        prop_oneof![4 => Just(0_usize), 1 => 1..3_usize],
    );
    (models(), vec((one, how), 1..4)).prop_map(|(models, many)| {
        let mut made: Vec<Made> = Vec::new();
        for (at, ((model, query, passage, pooling, normalize), (change, shares, fails))) in
            many.into_iter().enumerate()
        {
            let own = Made {
                weights: models[model],
                query_prefix: query,
                passage_prefix: passage,
                pooling,
                normalize,
                cache: if shares { 0 } else { at },
                fails,
            };
            let Some(first) = made.first().cloned() else {
                made.push(own);
                continue;
            };
            let (cache, fails) = (own.cache, own.fails);
            let like_first = match change {
                0 => first,
                1 => Made {
                    weights: own.weights,
                    ..first
                },
                2 => Made {
                    query_prefix: own.query_prefix,
                    ..first
                },
                3 => Made {
                    passage_prefix: own.passage_prefix,
                    ..first
                },
                4 => Made {
                    pooling: own.pooling,
                    ..first
                },
                5 => Made {
                    normalize: !first.normalize,
                    ..first
                },
                _ => own,
            };
            made.push(Made {
                cache,
                fails,
                ..like_first
            });
        }
        made
    })
}

pub fn worlds() -> impl Strategy<Value = World> {
    let texts = vec(text(), 4);
    let earlier = (0..4_usize, 0..8_usize);
    let stores = vec((any::<bool>(), vec(earlier, 0..4)), 2);
    let call = (0..6_u8, 0..2_usize, 0..3_usize, 0..4_usize);
    (embedders(), texts, stores, vec(call, 1..14)).prop_map(|(embedders, texts, stores, calls)| {
        let stores = stores.into_iter().map(|(is_mixed, rows)| {
            let mut earlier: Vec<Earlier> = Vec::new();
            for (text, by) in rows {
                let text = &texts[text];
                let by = match (is_mixed, by) {
                    (true, 6) => Err("v1".to_owned()),
                    (true, 7) => Err(String::new()),
                    (true, by) => Ok(by % embedders.len()),
                    (false, _) => Ok(0),
                };
                earlier.push(Earlier {
                    text: text.clone(),
                    by,
                });
            }
            earlier
        });
        let stores = stores.collect();
        let calls = calls.into_iter().map(|(what, store, embedder, text)| {
            let embedder = embedder % embedders.len();
            let text = texts[text].clone();
            match what {
                0 => Call::Embed(embedder, Kind::Query, text),
                1 => Call::Embed(embedder, Kind::Passage, text),
                2 | 3 => Call::Add(store, embedder, text),
                _ => Call::Search(store, embedder, text),
            }
        });
        let calls = calls.collect();
        World {
            embedders,
            stores,
            calls,
        }
    })
}
