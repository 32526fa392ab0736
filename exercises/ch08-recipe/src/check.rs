//! What README.md promises, by its numbers. An encoder whose hidden states are known stands in for a real one, but for one check.

use std::sync::Arc;

use checks::{Failure, caught};

#[path = "check/chat.rs"]
mod chat;
#[path = "check/encoder.rs"]
mod encoder;
#[path = "check/file.rs"]
mod file;
#[path = "check/fingerprints.rs"]
mod fingerprints;
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

/// One of any number of texts, each of other letters.
fn passage(at: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (at / 26_usize.pow(place) % 26) as u8);
    format!("passage {}{}{}", letter(2), letter(1), letter(0))
}

/// Words of so many characters.
fn long(characters: usize) -> String {
    let words = (0..).flat_map(|at| [passage(at), " ".to_owned()]);
    words
        .flat_map(|word| word.chars().collect::<Vec<char>>())
        .take(characters)
        .collect()
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
            ..File::ENCODER
        })
    })
}

#[test]
fn a_completion_has_what_the_file_puts_around_a_text() {
    for file in files() {
        hold(
            Talk {
                completions: TEXTS.map(str::to_owned).to_vec(),
                ..Talk::of(file, Template::StartOnce)
            }
            .judge(),
        );
    }
    for around in Around::ALL {
        let file = File {
            around,
            ..File::ENCODER
        };
        // Special tokens that a text spells are its own. How long it is does not matter.
        let texts = ["[CLS]a film", "a film[SEP]", " a film\n", "A Film", "é"];
        let mut completions = texts.map(str::to_owned).to_vec();
        completions.extend([long(700), long(5000)]);
        hold(
            Talk {
                completions,
                ..Talk::of(file, Template::Plain)
            }
            .judge(),
        );
    }
}

#[test]
fn a_prompt_has_the_special_tokens_of_its_template() {
    let mut changed = conversation();
    changed[1] = message("user", "b?");
    let prompts = vec![
        vec![message("user", "a film")],
        conversation(),
        changed,
        vec![],
        vec![message("user", "  a\n"), message("assistant", "\n b ")],
    ];
    for template in Template::ALL {
        for around in Around::ALL {
            let file = File {
                around,
                spelling: Spelling::Llama3,
                ..File::ENCODER
            };
            hold(
                Talk {
                    prompts: prompts.clone(),
                    ..Talk::of(file, template)
                }
                .judge(),
            );
        }
    }
    // A model may be without a token for the start or the end, whatever its template asks for.
    for has in [[false, true], [true, false], [false, false]] {
        for template in [Template::StartOnce, Template::EndsOnly, Template::LineEnd] {
            hold(
                Talk {
                    has,
                    prompts: prompts.clone(),
                    ..Talk::of(File::ENCODER, template)
                }
                .judge(),
            );
        }
    }
    // Many messages, and a long one.
    let many = (0..300).map(|turn| message("user", &passage(turn)));
    hold(
        Talk {
            prompts: vec![many.collect(), vec![message("user", &long(5000))]],
            ..Talk::of(File::ENCODER, Template::StartOnce)
        }
        .judge(),
    );
    // Whatever the tokens are called.
    for file in files() {
        hold(
            Talk {
                prompts: vec![conversation()],
                ..Talk::of(file, Template::StartOnce)
            }
            .judge(),
        );
    }
    for_each(50, scenes::talks(), Talk::judge);
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
                hold(world.judge());
            }
        }
    }
    // A text that begins with a prefix, blanks and line ends, and long ones.
    let texts = [
        "query: a",
        "passage: a",
        " a \n b\n",
        "\n",
        &long(700),
        &long(2500),
    ];
    let world = World::of([e5()], both_ways(texts));
    hold(world.judge());
}

/// Texts of one token and of some, as passages and as queries.
fn each_text_alone(made: &Made, arounds: &[Around]) {
    for &around in arounds {
        let mut made = made.clone();
        made.weights.file.around = around;
        let texts = ["a", "film", "the end of a long and boring story", "ééa"];
        let world = World::of([made], both_ways(texts));
        hold(world.judge());
    }
}

/// Texts of many tokens.
fn each_long_text(made: &Made) {
    let world = World::of([made.clone()], both_ways([&long(130), &long(1500)]));
    hold(world.judge());
}

fn both_ways<const N: usize>(texts: [&str; N]) -> Vec<Call> {
    let calls = texts.into_iter().flat_map(|text| {
        [Kind::Passage, Kind::Query].map(|kind| Call::Embed(0, kind, text.to_owned()))
    });
    calls.collect()
}

#[test]
fn hidden_states_are_pooled_as_the_recipe_says() {
    for dimension in [4, 1, 33] {
        for pooling in POOLINGS {
            let mut made = Made { pooling, ..e5() };
            made.weights.dimension = dimension;
            each_text_alone(&made, &[Around::Both]);
        }
    }
    for pooling in POOLINGS {
        let made = Made {
            pooling,
            ..Made::of(E5)
        };
        each_text_alone(&made, &Around::ALL);
        each_long_text(&made);
        // Each token has one hidden state, wherever it stands.
        let weights = Weights { seed: 1, ..E5 };
        let world = World::of(
            [Made { weights, ..made }],
            both_ways(["aaac", "ccc ccc", ""]),
        );
        hold(world.judge());
    }
}

#[test]
fn only_a_recipe_that_says_so_has_vectors_of_length_1() {
    for (seed, scale) in [
        (4, 0.002),
        (5, 0.01),
        (6, 1.0),
        (7, 100.0),
        (8, 250.0),
        (0, 1.0),
    ] {
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
                each_text_alone(&made, &[Around::Both]);
            }
        }
    }
    let mut wide = e5();
    wide.weights.dimension = 2000;
    let world = World::of([wide], both_ways(["a"]));
    hold(world.judge());
}

#[test]
fn a_fingerprint_tells_every_part_of_a_recipe() {
    let recipe = Recipe {
        model: "e5".to_owned(),
        ..e5().recipe()
    };
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
    if fingerprints::printed_for_another_process(&changed) {
        return;
    }
    for other in &changed {
        hold(fingerprints::tell(&[recipe.clone(), other.clone()]));
    }
    hold(fingerprints::tell(&[recipe.clone(), recipe.clone()]));
    hold(fingerprints::same_in_another_process(
        "check::a_fingerprint_tells_every_part_of_a_recipe",
        &changed,
    ));
    // Whatever stands between the parts, a part may spell it.
    let marks = [
        "|", ",", ";", ":", "/", "\"", "'", "-", "_", "=", " ", "\0", "\t", "\r\n", "\u{1f}",
    ];
    let mut recipes = Vec::new();
    for mark in marks {
        recipes.extend(fingerprints::of_letters(&recipe, &["a", mark, "\\"]));
    }
    for letters in [["a", "A", "é"], ["e\u{301}", "É", "?"], ["%", "|", "\n"]] {
        recipes.extend(fingerprints::of_letters(&recipe, &letters));
    }
    // Long parts differ at any place.
    for part in fingerprints::PARTS {
        for length in [100, 300, 70_000] {
            for at in [0, length / 2, length - 1] {
                let mut text = vec![b'a'; length];
                text[at] = b'b';
                let mut long = recipe.clone();
                *part(&mut long) = String::from_utf8(text).expect("it is ASCII");
                recipes.push(long);
            }
        }
    }
    hold(fingerprints::all_differ(&recipes));
    hold(fingerprints::no_part_spells_the_border(&recipe));
    for_each(600, scenes::pairs_of_recipes(), fingerprints::tell);
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
    let unlike = [
        "a Film",
        "A film",
        "a film ",
        " a film",
        "passage: a film",
        "é",
        "ü",
    ];
    let unlike = unlike.map(|text| Call::Add(0, 0, text.to_owned()));
    let calls = [first, again, unlike.to_vec(), added(1), added(0)].concat();
    for made in [e5(), Made::of(E5), Made { fails: 2, ..e5() }] {
        let earlier = Earlier {
            text: "b".to_owned(),
            by: Ok(0),
        };
        hold(
            World {
                stores: vec![vec![], vec![earlier]],
                ..World::of([made], calls.clone())
            }
            .judge(),
        );
    }
    // Many rows, some of which are there twice: an earlier release has written them so.
    let texts = (0..1500).chain([3, 800, 1200]).map(passage);
    let earlier = texts.map(|text| Earlier { text, by: Ok(0) }).collect();
    let long = long(2500);
    let texts = [0, 700, 1499, 1500, 1500].map(passage);
    let added = texts.into_iter().chain([long.clone(), long]);
    let added: Vec<Call> = added.map(|text| Call::Add(0, 0, text)).collect();
    hold(
        World {
            stores: vec![earlier],
            ..World::of([e5()], added)
        }
        .judge(),
    );
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
                    ..World::of([e5(), other], calls)
                }
                .judge(),
            );
        }
    }
    // One row of many, at each place, and with names of an earlier release.
    // What was not added binds no store.
    let failing = Made { fails: 1, ..e5() };
    let calls = [
        Call::Add(0, 0, "a film".to_owned()),
        Call::Search(0, 0, "a film".to_owned()),
        Call::Add(0, 1, "a film".to_owned()),
        Call::Add(0, 0, "a film".to_owned()),
    ];
    hold(
        World {
            stores: vec![vec![]],
            ..World::of([failing, Made::of(E5)], calls)
        }
        .judge(),
    );
    // Far behind the first rows.
    let earlier = (0..2000).map(|at| Earlier {
        text: passage(at),
        by: Ok(usize::from(at == 1900)),
    });
    let asked = [
        Call::Search(0, 0, "a film".to_owned()),
        Call::Add(0, 0, "a film".to_owned()),
    ];
    let other = Made {
        normalize: false,
        ..e5()
    };
    hold(
        World {
            stores: vec![earlier.collect()],
            ..World::of([e5(), other], asked)
        }
        .judge(),
    );
    let print = e5().recipe().fingerprint();
    let start: String = print.chars().take(print.chars().count() / 2).collect();
    let names = [
        Ok(1),
        Err(E5.model()),
        Err(String::new()),
        Err("é".repeat(5)),
        Err(start),
        Err(format!("{print} ")),
    ];
    for by in names {
        for place in [0, 1, 25, 49] {
            let earlier = (0..50).map(|at| Earlier {
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
                Call::Add(0, 0, "passage 25".to_owned()),
                Call::Search(0, 0, "a film".to_owned()),
                Call::Search(0, 0, "b".to_owned()),
            ];
            hold(
                World {
                    stores: vec![earlier.collect()],
                    ..World::of([e5(), pooled], calls)
                }
                .judge(),
            );
        }
    }
}

#[test]
fn the_best_passage_comes_first() {
    let sizes = [(4, 1.0), (33, 100.0), (1, 0.01)];
    for (at, (dimension, scale)) in sizes.into_iter().chain(sizes).enumerate() {
        let weights = Weights {
            dimension,
            scale,
            ..E5
        };
        let made = Made {
            normalize: at < sizes.len(),
            ..Made::of(weights)
        };
        let searches = TEXTS.map(|text| Call::Search(0, 0, text.to_owned()));
        // The last two are one to the model.
        let alike = ["é", "ü"].map(|text| Call::Add(0, 0, text.to_owned()));
        let calls = [
            searches.to_vec(),
            added(0),
            alike.to_vec(),
            searches.to_vec(),
        ]
        .concat();
        let earlier = (0..300).map(|at| Earlier {
            text: passage(at),
            by: Ok(0),
        });
        for earlier in [vec![], earlier.collect()] {
            hold(
                World {
                    stores: vec![earlier],
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
    // Texts that are alike, and have other vectors.
    let (one, other) = (long(700) + "a", long(700) + "b");
    let alike = [
        "a film",
        "A film",
        "film a",
        "a film ",
        " a film",
        "a  film",
        "a film a film",
        "é",
        "lb",
        "av",
        &one,
        &other,
    ];
    let unlike_names = ["e5", "e5a", "e5b", "E5"].map(|name| Made::of(Weights { name, ..E5 }));
    let zeros = Made::of(Weights { seed: 0, ..E5 });
    for made in [vec![e5()], unlike_names.to_vec(), vec![zeros]] {
        let mut calls = Vec::new();
        for text in alike.iter().chain(&alike) {
            for at in 0..made.len() {
                for kind in [Kind::Query, Kind::Passage] {
                    calls.push(Call::Embed(at, kind, (*text).to_owned()));
                }
            }
        }
        hold(World::of(made, calls).judge());
    }
    // What stands at the end of one model's name begins another's text.
    let texts = ["film", "afilm", "bfilm", ""];
    let calls = texts
        .into_iter()
        .flat_map(|text| [0, 1, 2].map(|at| Call::Embed(at, Kind::Query, text.to_owned())));
    hold(World::of(unlike_names, calls.collect::<Vec<Call>>()).judge());
    // Many texts.
    let calls = (0..800).map(|at| Call::Embed(0, Kind::Query, passage(at)));
    hold(World::of([e5()], calls.collect::<Vec<Call>>()).judge());
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
        let texts = ["né", "a film", "", "é", "  "];
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
                ..World::of([made, failing], calls)
            }
            .judge(),
        );
        hold(
            Talk {
                prompts: vec![vec![message("user", "é")]],
                completions: texts.map(str::to_owned).to_vec(),
                ..Talk::of(File { around, ..strict }, Template::Plain)
            }
            .judge(),
        );
    }
    // Blanks are no tokens, so there may be none.
    for around in Around::ALL {
        let file = File {
            around,
            has_blanks: false,
            ..File::ENCODER
        };
        let world = World::of(
            [Made::of(Weights { file, ..E5 })],
            both_ways(["", " ", "   ", "a "]),
        );
        hold(world.judge());
    }
    for (tokenizer, template, wanted) in [
        (String::new(), "", "Tokenizer"),
        ("{}".to_owned(), "", "Tokenizer"),
        (
            strict.json().to_string(),
            "{% for message in messages %}",
            "Template",
        ),
        (strict.json().to_string(), "{{ bos_token", "Template"),
    ] {
        let template = ChatTemplate {
            source: template.to_owned(),
            ..Template::Empty.of(["[CLS]", "[SEP]"])
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
    for_each(110, scenes::worlds(), World::judge);
}

#[test]
fn the_bundled_encoder_finds_what_its_recipe_says() {
    let tokenizer: tokenizers::Tokenizer = models::TOKENIZER.parse().expect("it is a tokenizer");
    let reference = Encoder::load();
    for pooling in POOLINGS {
        for normalize in [true, false] {
            let recipe = Recipe {
                model: "encoder".to_owned(),
                query_prefix: "a dread".to_owned(),
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
            for text in ["ful film", "the actors were wonderful", ""] {
                let query = caught(|| embedder.query(text));
                let answers = [
                    ("query", "a dread", query, reference.runs()),
                    (
                        "passage",
                        "",
                        caught(|| embedder.passage(text)),
                        reference.runs(),
                    ),
                ];
                for (name, prefix, answer, runs) in answers {
                    let encoding = tokenizer
                        .encode(format!("{prefix}{text}"), true)
                        .expect("it can be encoded");
                    let ids = encoding.get_ids();
                    let states = reference.states(ids).expect("it runs");
                    let expected = expected(&states, pooling, normalize);
                    let is_as_one_text = runs.iter().all(|run| run == ids);
                    let promise = if is_as_one_text { 4 } else { 3 };
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
                    hold(Err(Failure::new(seen, is, why).of_promise(promise)));
                }
            }
        }
    }
}

checks::earned!();
