//! What README.md promises, by its numbers. An encoder whose hidden states are known stands in for a real one, but for one check.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use checks::Failure;

#[path = "check/chat.rs"]
mod chat;
#[path = "check/encoder.rs"]
mod encoder;
#[path = "check/file.rs"]
mod file;
#[path = "check/model.rs"]
mod model;
#[path = "check/scenes.rs"]
mod scenes;
#[path = "check/world.rs"]
mod world;

use super::recipe::{Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row};
use super::{Chat, Embedder, Store};
use chat::{Talk, Template, message};
use encoder::Encoder;
use file::{Around, File, Spelling};
use model::{POOLINGS, StandIn, Weights, expected, shown};
use scenes::for_each;
use world::{Call, Earlier, Kind, Made, World};

// If the compiler points here, a public name or type of `lib.rs` has changed: keep them as shipped.
const _: fn(&str, ChatTemplate) -> Result<Chat, Error> = Chat::load;
const _: fn(&Chat, &str) -> Result<Vec<u32>, Error> = Chat::completion;
const _: fn(&Chat, &[Message]) -> Result<Vec<u32>, Error> = Chat::prompt;
const _: fn(&Recipe) -> String = Recipe::fingerprint;
type Load<T> = fn(&str, Box<dyn Model>, Recipe, Cache) -> Result<T, Error>;
const _: Load<Embedder> = Embedder::load;
const _: fn(&mut Embedder, &str) -> Result<Vec<f32>, Error> = Embedder::query;
const _: fn(&mut Embedder, &str) -> Result<Vec<f32>, Error> = Embedder::passage;
const _: fn(Vec<Row>) -> Store = Store::open;
const _: fn(&Store) -> &[Row] = Store::rows;
const _: fn(&mut Store, &mut Embedder, &str) -> Result<(), Error> = Store::add;
const _: fn(&Store, &mut Embedder, &str) -> Result<Vec<Hit>, Error> = Store::search;

const E5: Weights = Weights {
    name: "e5",
    file: File::ENCODER,
    dimension: 4,
    seed: 5,
    scale: 1.0,
};

const TEXTS: [&str; 4] = ["a film", "b", "the end of a long and boring story", ""];

fn e5() -> Made {
    Made {
        query_prefix: "query: ".to_owned(),
        passage_prefix: "passage: ".to_owned(),
        ..Made::of(E5)
    }
}

/// What a panic says instead of an answer.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = checks::panic_text(&*panic);
        text.unwrap_or("without a text").to_owned()
    })
}

#[track_caller]
fn hold(judged: Result<(), Failure>) {
    if let Err(failure) = judged {
        failure.raise();
    }
}

fn conversation() -> Vec<Message> {
    vec![
        message("system", "be brief"),
        message("user", "a < b && {{ c }}?"),
        message("assistant", "no."),
        message("user", "why"),
    ]
}

fn files() -> impl Iterator<Item = File> {
    let all = Spelling::ALL.into_iter();
    all.flat_map(|spelling| {
        Around::ALL.map(|around| File {
            spelling,
            around,
            takes_unknown: true,
        })
    })
}

#[test]
fn a_completion_has_what_the_file_puts_around_a_text() {
    for file in files() {
        hold(
            Talk {
                file,
                template: Template::StartOnce,
                prompts: vec![],
                completions: TEXTS.map(str::to_owned).to_vec(),
            }
            .judge(),
        );
    }
}

#[test]
fn a_prompt_has_the_special_tokens_of_its_template() {
    let long = (0..40).map(|turn| message("user", &format!("turn {turn}")));
    let prompts = vec![
        vec![message("user", "a film")],
        conversation(),
        vec![],
        long.collect(),
    ];
    for template in Template::ALL {
        for around in Around::ALL {
            hold(
                Talk {
                    file: File {
                        around,
                        spelling: Spelling::Llama3,
                        takes_unknown: true,
                    },
                    template,
                    prompts: prompts.clone(),
                    completions: vec![],
                }
                .judge(),
            );
        }
    }
    // Whatever the tokens are called.
    for file in files() {
        hold(
            Talk {
                file,
                template: Template::StartOnce,
                prompts: vec![conversation()],
                completions: vec![],
            }
            .judge(),
        );
    }
    for_each(60, scenes::talks(), Talk::judge);
}

#[test]
fn a_query_and_a_passage_have_their_own_prefix() {
    let prefixes = [
        ("query: ", "passage: "),
        ("search for: ", ""),
        ("", "passage: "),
        ("", ""),
        ("a ", "a"),
    ];
    for (query, passage) in prefixes {
        for text in TEXTS {
            let made = Made {
                query_prefix: query.to_owned(),
                passage_prefix: passage.to_owned(),
                ..e5()
            };
            for kinds in [[Kind::Query, Kind::Passage], [Kind::Passage, Kind::Query]] {
                let calls = kinds.map(|kind| Call::Embed(0, kind, text.to_owned()));
                let world = World::of([made.clone()], calls);
                hold(
                    World {
                        looks_at: 3,
                        ..world
                    }
                    .judge(),
                );
            }
        }
    }
}

/// Texts of one token, of some and of many, as passages and as queries.
fn each_text_alone(made: &Made, arounds: &[Around], looks_at: usize) {
    for &around in arounds {
        let mut made = made.clone();
        made.weights.file.around = around;
        let texts = ["a", "film", "the end of a long and boring story"];
        let calls = texts.into_iter().flat_map(|text| {
            [Kind::Passage, Kind::Query].map(|kind| Call::Embed(0, kind, text.to_owned()))
        });
        let world = World::of([made], calls.collect::<Vec<Call>>());
        hold(World { looks_at, ..world }.judge());
    }
}

#[test]
fn hidden_states_are_pooled_as_the_recipe_says() {
    for dimension in [4, 1, 33] {
        for pooling in POOLINGS {
            let mut made = Made { pooling, ..e5() };
            made.weights.dimension = dimension;
            each_text_alone(&made, &[Around::Both], 4);
            each_text_alone(&Made::of(made.weights), &Around::ALL, 4);
        }
    }
}

#[test]
fn only_a_recipe_that_says_so_has_vectors_of_length_1() {
    for (seed, scale) in [(5, 0.01), (6, 1.0), (7, 100.0), (0, 1.0)] {
        for normalize in [true, false] {
            for pooling in POOLINGS {
                let mut made = Made {
                    normalize,
                    pooling,
                    ..e5()
                };
                made.weights = Weights {
                    scale,
                    seed,
                    ..made.weights
                };
                each_text_alone(&made, &[Around::Both], 5);
            }
        }
    }
}

#[test]
fn a_fingerprint_tells_every_part_of_a_recipe() {
    let recipe = e5().recipe();
    let changed = [
        Recipe {
            model: "e5@2".into(),
            ..recipe.clone()
        },
        Recipe {
            query_prefix: "Query: ".into(),
            ..recipe.clone()
        },
        Recipe {
            passage_prefix: String::new(),
            ..recipe.clone()
        },
        Recipe {
            pooling: Pooling::Cls,
            ..recipe.clone()
        },
        Recipe {
            pooling: Pooling::Last,
            ..recipe.clone()
        },
        Recipe {
            normalize: false,
            ..recipe.clone()
        },
        Recipe {
            query_prefix: recipe.passage_prefix.clone(),
            passage_prefix: recipe.query_prefix.clone(),
            ..recipe.clone()
        },
    ];
    for other in changed {
        hold(fingerprints_tell(&[recipe.clone(), other]));
    }
    hold(fingerprints_tell(&[recipe.clone(), recipe]));
    for_each(600, scenes::pairs_of_recipes(), fingerprints_tell);
}

fn fingerprints_tell([one, other]: &[Recipe; 2]) -> Result<(), Failure> {
    let prints = [one, other].map(|recipe| caught(|| recipe.fingerprint()));
    let same = match &prints {
        [Err(panic), _] | [_, Err(panic)] => {
            let why = "A recipe is a name, two prefixes and two choices, whatever they are.";
            let seen = format!("`fingerprint` of {one:?} or {other:?} panics: {panic}");
            return Err(Failure::new(seen, "a name", why).of_promise(6));
        }
        [Ok(first), Ok(second)] => first == second,
    };
    if same == (one == other) {
        return Ok(());
    }
    let print = prints[0].as_deref().unwrap_or_default();
    let (seen, expected, why) = if same {
        (
            format!("one fingerprint, {print:?}, for {one:?} and for {other:?}"),
            "two",
            "A stored vector is known by this name alone: under it, vectors that mean other things pass for the same.",
        )
    } else {
        (
            format!("two fingerprints for one recipe: {prints:?} for {one:?}"),
            "one",
            "A store that was written yesterday would be refused today.",
        )
    };
    Err(Failure::new(seen, expected, why).of_promise(6))
}

/// All texts that have a vector, added by the first embedder.
fn added(store: usize) -> Vec<Call> {
    let texts = TEXTS
        .iter()
        .map(|&text| Call::Add(store, 0, text.to_owned()));
    texts.collect()
}

#[test]
fn a_store_keeps_each_passage_once() {
    let (first, again) = (added(0), added(0));
    let unlike = Call::Add(0, 0, "a Film".to_owned());
    let calls = [first, again, vec![unlike], added(1)].concat();
    for made in [e5(), Made::of(E5), Made { fails: 2, ..e5() }] {
        let earlier = Earlier {
            text: "b".to_owned(),
            by: Ok(0),
        };
        hold(
            World {
                stores: vec![vec![], vec![earlier]],
                looks_at: 7,
                ..World::of([made], calls.clone())
            }
            .judge(),
        );
    }
}

#[test]
fn a_store_of_another_recipe_is_refused() {
    let other_weights = Weights {
        name: "bge",
        seed: 6,
        ..E5
    };
    let same = |change: &dyn Fn(&mut Made)| {
        let mut made = e5();
        change(&mut made);
        made
    };
    let others = [
        same(&|made| made.weights = other_weights),
        same(&|made| made.query_prefix.clear()),
        same(&|made| made.passage_prefix.clear()),
        same(&|made| made.pooling = Pooling::Cls),
        same(&|made| made.normalize = false),
    ];
    for other in others {
        for cache in [0, 1] {
            let other = Made {
                cache,
                ..other.clone()
            };
            let asked = [
                Call::Search(0, 1, "a film".to_owned()),
                Call::Add(0, 1, "new".to_owned()),
                Call::Add(0, 1, "b".to_owned()),
                Call::Search(0, 0, "a film".to_owned()),
                // An empty store takes it, and then refuses the first.
                Call::Search(1, 1, "a film".to_owned()),
                Call::Add(1, 1, "b".to_owned()),
                Call::Search(1, 0, "b".to_owned()),
                Call::Search(1, 1, "b".to_owned()),
            ];
            let calls = [added(0), asked.to_vec()].concat();
            hold(
                World {
                    stores: vec![vec![], vec![]],
                    looks_at: 8,
                    ..World::of([e5(), other], calls)
                }
                .judge(),
            );
        }
    }
    // One row of many, at each place, and with names of an earlier release.
    let names = [Ok(1), Err("e5".to_owned()), Err(String::new())];
    for by in names {
        for place in [0, 1, 50, 99] {
            let earlier = (0..100).map(|at| Earlier {
                text: format!("passage {at}"),
                by: if at == place { by.clone() } else { Ok(0) },
            });
            let pooled = Made {
                pooling: Pooling::Last,
                ..e5()
            };
            let calls = [
                Call::Search(0, 0, "a film".to_owned()),
                Call::Add(0, 0, "a film".to_owned()),
                Call::Add(0, 0, "passage 50".to_owned()),
            ];
            hold(
                World {
                    stores: vec![earlier.collect()],
                    looks_at: 8,
                    ..World::of([e5(), pooled], calls)
                }
                .judge(),
            );
        }
    }
}

#[test]
fn the_best_passage_comes_first() {
    for (dimension, scale) in [(4, 1.0), (33, 100.0), (1, 0.01)] {
        let made = Made::of(Weights {
            dimension,
            scale,
            ..E5
        });
        let searches = TEXTS.map(|text| Call::Search(0, 0, text.to_owned()));
        let calls = [searches.to_vec(), added(0), searches.to_vec()].concat();
        let earlier = (0..30).map(|at| Earlier {
            text: format!("passage {at}"),
            by: Ok(0),
        });
        for earlier in [vec![], earlier.collect()] {
            hold(
                World {
                    stores: vec![earlier],
                    looks_at: 9,
                    ..World::of([made.clone()], calls.clone())
                }
                .judge(),
            );
        }
    }
}

#[test]
fn one_cache_serves_embedders_of_all_recipes() {
    let embedders = [
        e5(),
        e5(),
        Made {
            pooling: Pooling::Cls,
            ..e5()
        },
        Made {
            normalize: false,
            ..e5()
        },
        Made {
            query_prefix: "passage: ".to_owned(),
            passage_prefix: "query: ".to_owned(),
            ..e5()
        },
        Made::of(E5),
        Made::of(Weights {
            name: "bge",
            seed: 6,
            ..E5
        }),
        Made { cache: 7, ..e5() },
    ];
    // The text of one call is the prefix and the text of another.
    let texts = ["a film", "query: a film", "passage: a film", ""];
    for rounds in [1, 3] {
        for kinds in [[Kind::Query, Kind::Passage], [Kind::Passage, Kind::Query]] {
            let mut calls = Vec::new();
            for _ in 0..rounds {
                for kind in kinds {
                    for text in texts {
                        for embedder in 0..embedders.len() {
                            calls.push(Call::Embed(embedder, kind, text.to_owned()));
                        }
                    }
                }
            }
            hold(World::of(embedders.clone(), calls).judge());
        }
    }
    let failing = [Made { fails: 2, ..e5() }, Made { fails: 1, ..e5() }];
    let calls: Vec<Call> = (0..8)
        .map(|at| Call::Embed(at % 2, Kind::Query, "a film".to_owned()))
        .collect();
    hold(World::of(failing, calls).judge());
}

#[test]
fn what_fails_is_an_error_of_its_own_call() {
    let strict = File {
        takes_unknown: false,
        ..File::ENCODER
    };
    for around in Around::ALL {
        let made = Made::of(Weights {
            file: File { around, ..strict },
            ..E5
        });
        let failing = Made {
            cache: 1,
            fails: 3,
            ..made.clone()
        };
        let texts = ["né", "a film", "", "é"];
        let mut calls = Vec::new();
        for text in texts.into_iter().chain(texts) {
            for embedder in [0, 1] {
                let text = text.to_owned();
                calls.push(Call::Embed(embedder, Kind::Query, text.clone()));
                calls.push(Call::Add(embedder, embedder, text.clone()));
                calls.push(Call::Search(embedder, embedder, text));
            }
        }
        hold(
            World {
                stores: vec![vec![], vec![]],
                looks_at: 11,
                ..World::of([made, failing], calls)
            }
            .judge(),
        );
        hold(
            Talk {
                file: File { around, ..strict },
                template: Template::Plain,
                prompts: vec![vec![message("user", "é")]],
                completions: texts.map(str::to_owned).to_vec(),
            }
            .judge(),
        );
    }
    for (tokenizer, template, wanted) in [
        (String::new(), "", "Tokenizer"),
        ("{}".to_owned(), "", "Tokenizer"),
        (strict.json(), "{% for message in messages %}", "Template"),
        (strict.json(), "{{ bos_token", "Template"),
    ] {
        let template = ChatTemplate {
            source: template.to_owned(),
            ..Template::Empty.of(strict)
        };
        let answer = caught(|| Chat::load(&tokenizer, template.clone()).map(|_| ()));
        let is_right = match &answer {
            Ok(Err(Error::Tokenizer(_))) => wanted == "Tokenizer",
            Ok(Err(Error::Template(_))) => wanted == "Template",
            _ => false,
        };
        if !is_right {
            let why = "Whoever starts the service can mend its files. The client of the first request cannot.";
            let seen = format!(
                "`Chat::load` of {} bytes and the template {:?} gives {answer:?}",
                tokenizer.len(),
                template.source
            );
            let expected = format!("`Error::{wanted}`");
            hold(Err(Failure::new(seen, expected, why).of_promise(11)));
        }
    }
    for tokenizer in ["", "null", "[CLS] a film [SEP]"] {
        let model = Box::new(StandIn {
            weights: E5,
            log: Arc::default(),
            fails: 0,
        });
        let load = || Embedder::load(tokenizer, model, e5().recipe(), Cache::default()).map(|_| ());
        let answer = caught(load);
        if !matches!(answer, Ok(Err(Error::Tokenizer(_)))) {
            let why = "Whoever starts the service can mend its files. The client of the first request cannot.";
            let seen = format!("`Embedder::load` of {tokenizer:?} gives {answer:?}");
            hold(Err(
                Failure::new(seen, "`Error::Tokenizer`", why).of_promise(11)
            ));
        }
    }
}

#[test]
fn each_process_is_as_promised() {
    for_each(150, scenes::worlds(), World::judge);
}

#[test]
fn the_bundled_encoder_finds_what_its_recipe_says() {
    let tokenizer: tokenizers::Tokenizer = models::TOKENIZER.parse().expect("it is a tokenizer");
    let reference = Encoder::load();
    for pooling in POOLINGS {
        for normalize in [true, false] {
            let recipe = Recipe {
                model: "encoder".to_owned(),
                query_prefix: "a good ".to_owned(),
                passage_prefix: String::new(),
                pooling,
                normalize,
            };
            let model = Box::new(reference.clone());
            let loaded = Embedder::load(models::TOKENIZER, model, recipe.clone(), Cache::default());
            let Ok(mut embedder) = loaded else {
                let why = "The bundled tokenizer is right.";
                hold(Err(Failure::new(
                    "`Embedder::load` gives an error",
                    "an embedder",
                    why,
                )));
                return;
            };
            for text in ["film", "a dreadful story", "the actors were wonderful", ""] {
                let answers = [
                    ("query", "a good ", caught(|| embedder.query(text))),
                    ("passage", "", caught(|| embedder.passage(text))),
                ];
                for (name, prefix, answer) in answers {
                    let encoding = tokenizer
                        .encode(format!("{prefix}{text}"), true)
                        .expect("it can be encoded");
                    let states = reference.states(encoding.get_ids()).expect("it runs");
                    let expected = expected(&states, pooling, normalize);
                    let seen = match &answer {
                        Ok(Ok(vector)) if expected.holds(vector) => continue,
                        Ok(Ok(vector)) => {
                            let wide: Vec<f64> = vector.iter().map(|&value| value.into()).collect();
                            shown(&wide)
                        }
                        Ok(Err(error)) => format!("{error:?}"),
                        Err(panic) => format!("a panic: {panic}"),
                    };
                    let seen = format!(
                        "the bundled encoder's `{name}({text:?})` under {recipe:?} gives {seen}"
                    );
                    let why = "Every part of the recipe is there on a real model, too.";
                    let is = shown(expected.vector.as_deref().unwrap_or(&[]));
                    hold(Err(Failure::new(seen, is, why).of_promise(4)));
                }
            }
        }
    }
}

checks::earned!();
