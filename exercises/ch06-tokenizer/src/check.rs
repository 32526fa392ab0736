//! What the service promises, in the numbers of README.md.

use std::marker::PhantomData;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use checks::{Failure, Record};
use proptest::arbitrary::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tokenizers::Tokenizer;
use tokenizers::utils::parallelism::set_parallelism;

use super::{EncodeError, Service};

#[path = "check/allocations.rs"]
mod allocations;
#[path = "check/file.rs"]
mod file;
#[path = "check/model.rs"]
mod model;
#[path = "check/scenes.rs"]
mod scenes;
#[path = "check/stage.rs"]
mod stage;

use allocations::Spent;
use file::{Around, File, MANY_WORDS, Padding, Splits, Truncation};
use model::{Part, Reference, Request, Scene, caught, play};
use stage::{Met, Shared, Stage};

const SHORT: &str = "a wonderful film";
const LONG: &str = "a boring story, and a dreadful end; the actors were good, but the film was not";
const WHOLE: [&str; 3] = ["zebrafish", "film", "moonlit"];

#[test]
fn rows_come_in_the_order_of_their_texts() {
    let _turn = turn();
    // A long text first and a longer one last: all between them are padded to it.
    let (many, longer) = ([SHORT, "", "film"].into_iter().cycle(), LONG.repeat(2));
    let many = [LONG].into_iter().chain(many).take(1100);
    let many: Vec<&str> = many.chain([longer.as_str()]).collect();
    let orders: [&[&str]; 4] = [&[], &[LONG, "", SHORT], &[SHORT, LONG, SHORT, SHORT], &many];
    play(&Scene::of(without_and_with_padding(&orders, None)));
}

#[test]
fn a_cut_row_keeps_its_closing_token() {
    let _turn = turn();
    play(&Scene::of(
        (3..16).map(|limit| Request::new(&[LONG], Some(limit), false)),
    ));
}

#[test]
fn a_text_may_spell_a_token() {
    let _turn = turn();
    let texts = [
        "[PAD]",
        "a [PAD] film [PAD]",
        "[SEP] good [CLS]",
        "[UNK]",
        "電影 xyzzy",
        "good\0 film",
    ];
    let pairs = texts.map(|text| [text, LONG]);
    let pairs: Vec<&[&str]> = pairs.iter().map(|pair| &pair[..]).collect();
    play(&Scene::of(without_and_with_padding(&pairs, None)));
    // A blank is a token, too, where the file says so.
    let blanks = ["  a good  film ", "a good\nfilm\r\n", "\ta film\u{a0}", " "];
    let blanks = blanks.map(|text| Request::new(&[text], None, false));
    play(&Scene {
        file: small(Splits::Blanks, Around::Bert),
        ..Scene::of(blanks)
    });
}

#[test]
fn a_long_text_is_cut_where_its_request_says() {
    let _turn = turn();
    let words = "the film was good , ";
    // More bytes than 16 bits count.
    let (long, longer) = (words.repeat(400), words.repeat(3500));
    let mut requests = vec![
        Request::new(&[&longer], None, false),
        Request::new(&[&longer], Some(9006), false),
    ];
    let limits = [
        606,
        1999,
        2001,
        2002,
        (1 << 8) + 6,
        (1 << 16) + 6,
        (1 << 32) + 6,
        usize::MAX,
    ];
    requests.extend(limits.map(|limit| Request::new(&[&long], Some(limit), false)));
    play(&Scene {
        file: small(Splits::Words, Around::Bert),
        ..Scene::of(requests)
    });
}

#[test]
fn a_limit_ends_with_its_request() {
    let _turn = turn();
    let limits = [None, Some(6), Some(40), Some(2)];
    for before in limits {
        let pairs = limits.map(|limit| {
            [
                Request::new(&[LONG], before, false),
                Request::new(&[LONG, SHORT], limit, false),
            ]
        });
        play(&Scene::of(pairs.into_iter().flatten()));
    }
}

#[test]
fn padding_ends_with_its_request() {
    let _turn = turn();
    play(&Scene::of([Request::new(&[SHORT, ""], Some(12), true)]));
    for (limit, pad) in [(Some(6), true), (None, false), (None, true)] {
        play(&Scene::of([
            Request::new(&[SHORT, LONG], limit, pad),
            Request::new(&[SHORT, LONG], None, false),
            Request::new(&[SHORT, "", SHORT], None, true),
            Request::new(&[SHORT, LONG], Some(12), true),
        ]));
    }
}

/// First all without padding, then all with it: so that one that is padded for ever is not what a check stumbles over.
fn without_and_with_padding(texts: &[&[&str]], limit: Option<usize>) -> Vec<Request> {
    let requests = [false, true].into_iter().flat_map(|pad| {
        texts
            .iter()
            .map(move |texts| Request::new(texts, limit, pad))
    });
    requests.collect()
}

#[test]
fn the_settings_of_a_file_do_not_reach_a_request() {
    let _turn = turn();
    let truncations = [
        Truncation::None,
        Truncation::To(4),
        Truncation::To(0),
        Truncation::FromTheLeft(5),
        Truncation::WithStride(6),
        Truncation::OfASecondText(4),
    ];
    let paddings = [
        Padding::None,
        Padding::To(32),
        Padding::ToTheLongest,
        Padding::AtTheStart,
        Padding::ToAMultiple(8),
        Padding::With(4),
    ];
    let bundled = File {
        truncation: Truncation::To(4),
        padding: Padding::To(32),
        ..File::BUNDLED
    };
    let small = small(Splits::Words, Around::Bert);
    let files = truncations.into_iter().flat_map(|truncation| {
        paddings.map(|padding| File {
            truncation,
            padding,
            ..small
        })
    });
    for file in [bundled].into_iter().chain(files) {
        let texts = [
            "a good film",
            "the film was good, and the end was well-made",
        ];
        let options = [
            (None, false),
            (Some(6), false),
            (None, true),
            (Some(6), true),
        ];
        play(&Scene {
            file,
            ..Scene::of(options.map(|(limit, pad)| Request::new(&texts, limit, pad)))
        });
    }
}

#[test]
fn what_is_left_out_is_counted() {
    let _turn = turn();
    let (long, longer) = (LONG.repeat(20), LONG.repeat(30));
    let limits = [2, 3, 6, 20, 21, 512].map(Some);
    let alone = limits.map(|limit| Request::new(&[LONG], limit, false));
    let together = limits.map(|limit| Request::new(&[SHORT, LONG, ""], limit, true));
    let far = Request::new(&[&long, SHORT, &longer], Some(3), false);
    play(&Scene {
        looks_at: Part::All,
        ..Scene::of(alone.into_iter().chain(together).chain([far]))
    });
}

#[test]
fn a_limit_that_holds_no_text_is_an_error() {
    let _turn = turn();
    let requests = [0, 1].into_iter().flat_map(|limit| {
        let small = [&[SHORT][..], &[""], &[SHORT, LONG], &[]]
            .map(|texts| Request::new(texts, Some(limit), false));
        small
            .into_iter()
            .chain([Request::new(&[LONG], Some(2), false)])
    });
    play(&Scene::of(requests));
    for around in Around::ALL {
        play(&Scene {
            file: small(Splits::Words, around),
            ..Scene::of((0..5).map(|limit| Request::new(&["a good film"], Some(limit), false)))
        });
    }
}

#[test]
fn whole_words_have_their_ids_from_the_start() {
    let _turn = turn();
    let texts = [
        "a moonlit film",
        "a zebrafish, moonlit",
        "moonlit",
        "\"zebrafish\" (film)",
    ];
    static HUNDREDS: LazyLock<Vec<String>> =
        LazyLock::new(|| (0..300).map(|number| format!("star{number}")).collect());
    let hundreds: Vec<&str> = HUNDREDS.iter().map(String::as_str).collect();
    for (file, whole) in [
        (File::BUNDLED, WHOLE.to_vec()),
        (
            File {
                added: 2,
                ..small(Splits::Words, Around::Bert)
            },
            WHOLE.to_vec(),
        ),
        (
            small(Splits::Letters, Around::After),
            vec!["moonlit", "zebrafish", "moonlit", "film"],
        ),
        // In the vocabulary, but nothing that the text is split into.
        (
            small(Splits::Words, Around::Nothing),
            vec!["moonlit", "well-made", "zebrafish"],
        ),
        (small(Splits::Letters, Around::Bert), A_DOZEN.to_vec()),
    ] {
        for text in texts.into_iter().chain([
            "the moonlit film was well-made.",
            "an Oscar, in Cannes",
            "bears lions bears",
        ]) {
            words_are_right(file, &whole, text);
        }
    }
    words_are_right(
        small(Splits::Letters, Around::Bert),
        &hundreds,
        "star0 star64, star299",
    );
}

const A_DOZEN: [&str; 12] = [
    "Oscar",
    "Cannes",
    "zebrafish",
    "berlin",
    "venice",
    "locarno",
    "bears",
    "leopards",
    "palms",
    "moonlit",
    "globes",
    "lions",
];

/// On a service that nobody has asked before.
#[track_caller]
fn words_are_right(file: File, whole: &[&'static str], text: &str) {
    let request = Request::new(&[text], None, false);
    let reference = Reference::new(file, whole);
    let service = loaded(file, whole);
    let answer = request.ask(&service);
    let new_ids = |ids: &[u32]| {
        ids.iter()
            .copied()
            .filter(|&id| id >= file.size())
            .collect::<Vec<u32>>()
    };
    let has_new_ids = match &answer {
        Ok(Ok(rows)) => rows
            .iter()
            .flat_map(|row| new_ids(&row.ids))
            .eq(new_ids(&reference.ids(text))),
        _ => true,
    };
    let Err(failure) = reference.judge(Part::Rows, &request, &answer, |failure| failure) else {
        return;
    };
    let why = if has_new_ids {
        "Each of these words is one token where it stands by itself, also one that the vocabulary has and that the file's own \
         rules would cut: it keeps its id."
            .to_owned()
    } else {
        format!(
            "The first word that the vocabulary does not have gets the id {}, the next one the id after it, from the \
             start and in the order given. An id stands for a row of weights that was trained for its word.",
            file.size()
        )
    };
    Failure {
        seen: format!("loaded with the whole words {whole:?}: {}", failure.seen),
        why,
        ..failure.of_promise(7)
    }
    .raise();
}

#[test]
fn two_services_in_one_process_share_nothing() {
    let _turn = turn();
    // Two of them are as long.
    let files = [
        small(Splits::Words, Around::Before),
        small(Splits::Words, Around::OtherBefore),
        small(Splits::Letters, Around::TwoAndOne),
    ];
    let words = [vec!["zebrafish"], vec!["moonlit", "zebrafish"]];
    let request = Request::new(&["a moonlit zebrafish"], None, false);
    let mut services = Vec::new();
    for (file, whole) in files
        .into_iter()
        .flat_map(|file| words.clone().map(|whole| (file, whole)))
    {
        let service = loaded(file, &whole);
        services.push((Reference::new(file, &whole), service));
    }
    for round in 0..2 {
        for (at, (reference, service)) in services.iter().enumerate() {
            let answer = request.ask(service);
            let among_services = |failure: Failure| {
                Failure {
                seen: format!("service {} of {}: {}", at + 1, services.len(), failure.seen),
                why: "A process may serve several models. What one service was loaded with or asked for is nothing \
                      to the others."
                    .to_owned(),
                ..failure.of_promise(5)
            }
            };
            let failure = reference.judge(Part::Rows, &request, &answer, |failure| failure);
            if let Err(failure) = failure {
                // The first of all is alone.
                let is_first = (round, at) == (0, 0);
                let failure = if is_first {
                    *failure
                } else {
                    among_services(*failure)
                };
                failure.raise();
            }
        }
    }
}

#[test]
fn a_row_does_not_depend_on_the_others_of_its_request() {
    let _turn = turn();
    let texts: [&[&str]; 4] = [
        &[SHORT, LONG],
        &[LONG, SHORT],
        &[SHORT, ""],
        &[SHORT, LONG, LONG, "", SHORT],
    ];
    for limit in [None, Some(7)] {
        play(&Scene::of(without_and_with_padding(&texts, limit)));
    }
}

/// Scenes of requests on files of every kind, the same at each run.
#[test]
fn each_answer_on_each_file_is_as_promised() {
    let _turn = turn();
    let config = Config {
        cases: 100,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &scenes::SEED);
    let found = quietly(|| {
        TestRunner::new_with_rng(config, rng).run(&scenes::scenes(), |scene| {
            scene
                .play()
                .map_err(|failure| TestCaseError::fail(failure.to_string()))
        })
    });
    match found {
        Ok(()) => {}
        Err(TestError::Fail(_, scene)) => {
            play(&scene);
            panic!(
                "this scene failed once and not again, so its rows depend on chance: {scene:#?}"
            );
        }
        Err(TestError::Abort(why)) => panic!("no scenes are made: {why}"),
    }
}

#[test]
fn what_cannot_be_read_or_encoded_is_an_error() {
    let _turn = turn();
    let json = File::BUNDLED.json();
    let half = &json[..json.len() / 2];
    let no_model = json.replacen("\"model\"", "\"models\"", 1);
    for text in ["", "{}", "null", "[CLS] a good film [SEP]", half, &no_model] {
        let what = match caught(|| Service::load(text, &[]).map(|_| ())) {
            Ok(Err(EncodeError::Tokenizer(_))) => continue,
            Ok(Ok(())) => "gives a service".to_owned(),
            Ok(Err(error)) => format!("gives {error:?}"),
            Err(panic) => format!("panics: {panic}"),
        };
        Failure::new(
            format!(
                "`Service::load` of a file of {} bytes that is no tokenizer {what}",
                text.len()
            ),
            "`EncodeError::Tokenizer`",
            "Whoever starts the service can mend the file. The client of the first request cannot.",
        )
        .raise();
    }
    let file = small(Splits::KnownWords, Around::Bert);
    let reference = Reference::new(file, &[]);
    let texts: [&[&str]; 3] = [
        &["xyzzy"],
        &["a good film", "xyzzy"],
        &["xyzzy", "a good film"],
    ];
    let options = [
        (Some(4), true),
        (None, true),
        (Some(600), false),
        (None, false),
    ];
    let requests = options.into_iter().flat_map(|(limit, pad)| {
        // One of the texts is as long as the one that cannot be encoded.
        let known = Request::new(&["a good film", "a end"], limit, pad);
        texts.map(|texts| (Request::new(texts, limit, pad), known.clone()))
    });
    for (request, known) in requests {
        let service = loaded(file, &[]);
        let what = match request.ask(&service) {
            Ok(Err(EncodeError::Tokenizer(_))) => None,
            Ok(answer) => Some(format!("gets {answer:?}")),
            Err(panic) => Some(format!("panics: {panic}")),
        };
        if let Some(what) = what {
            Failure::new(
                format!(
                    "{request} {what}. The file is one whose tokenizer has no token for unknown words: it cannot encode \"xyzzy\""
                ),
                "`EncodeError::Tokenizer` with the tokenizer's words",
                "A row that is not there, or is empty, looks to a model like a text.",
            )
            .raise();
        }
        let after = |failure: Failure| Failure {
            seen: format!("after a text that cannot be encoded: {}", failure.seen),
            why: "An error belongs to its own request.".to_owned(),
            ..failure.of_promise(8)
        };
        let judged = reference.judge(Part::Rows, &known, &known.ask(&service), after);
        if let Err(failure) = judged {
            failure.raise();
        }
    }
}

#[test]
fn a_request_makes_no_tokenizer() {
    let _turn = turn();
    let file = small(Splits::ManyWords, Around::Bert);
    let whole = ["moonlit"];
    let json = file.json();
    let before = allocations::live();
    let one: Tokenizer = json.parse().expect("the file is as tokenizers writes it");
    let one_is = allocations::live() - before;
    drop(one);
    let before = allocations::live();
    let service = loaded(file, &whole);
    let held = allocations::live() - before;
    if held > 4 * one_is {
        Failure::new(
            format!(
                "a service of {MANY_WORDS} words holds {held} bytes, and a tokenizer of them {one_is}"
            ),
            "one tokenizer, which serves all requests",
            "A real vocabulary has tens of thousands of words. Copies of it cost memory, and bring nothing: encoding changes \
             no tokenizer.",
        )
        .of_promise(10)
        .raise();
    }
    let service = shared(service);
    let reference = Reference::new(file, &whole);
    let stage = Stage::new(&service, &reference);
    // What is set up for all requests to come is none of a request's own.
    let _ = stage.alone(&Request::new(&["w1 moonlit w2"], None, false));
    let mut made = Made::default();
    let words = "w1 w2 w3 w4 w5 ".repeat(16);
    let few: [&[&str]; 3] = [&["w1"], &["w#", "moonlit w2"], &[&words]];
    let mut requests = Vec::new();
    for pad in [false, true] {
        for texts in few {
            let limits = [None, Some(0), Some(2), Some(5)].into_iter();
            let far = (6..17).map(|power| Some((1 << power) + 1));
            for limit in limits.chain(far).chain((20..60).map(Some)) {
                requests.push(Request::new(texts, limit, pad));
            }
        }
        requests.push(Request::new(&["w1 w#"; 20], None, pad));
        requests.push(Request::new(&["w1 w#"; 20], Some(3), pad));
    }
    for request in requests {
        let (_, spent) = stage.alone(&request);
        if made.is_one(spent, MANY_WORDS) {
            makes_one(&request, spent, "");
        }
    }
    // Its own rows take more allocations than a tokenizer does, but none that is as large.
    let request = Request::new(&[&words.repeat(6)], Some(900), true);
    let (_, spent) = stage.alone(&request);
    if made.is_one(spent, 3 * MANY_WORDS) {
        makes_one(&request, spent, "");
    }
}

/// What requests have allocated until now.
#[derive(Default)]
struct Made {
    large: u32,
}

impl Made {
    /// Whether so much is a tokenizer of [`MANY_WORDS`]: more allocations than a request has, or a second time one of the
    /// size of a table of the words. Once may be a list that the service keeps, and that has grown.
    fn is_one(&mut self, spent: Spent, most: usize) -> bool {
        let is_large = spent.largest > (16 * MANY_WORDS) as u64;
        self.large += u32::from(is_large);
        spent.count > most as u64 || is_large && self.large > 1
    }
}

#[track_caller]
fn makes_one(request: &Request, spent: Spent, when: &str) -> ! {
    let Spent { count, largest } = spent;
    let what = match count as usize / MANY_WORDS {
        0 => format!("{} KiB at once", largest / 1024),
        _ => format!("more than {} thousand times", count / 1000),
    };
    let failure = Failure::new(
        format!(
            "{request}{when} makes all threads together allocate {what}. The tokenizer has {MANY_WORDS} words"
        ),
        "a request allocates for its own rows: one tokenizer serves all",
        "Something as large as the tokenizer is made for it, and thrown away or kept. A real one has tens of thousands of \
         words.",
    );
    failure.of_promise(10).raise()
}

#[test]
fn requests_run_at_once_and_do_not_meet() {
    let _turn = turn();
    let whole = ["moonlit"];
    let service = shared(loaded(File::BUNDLED, &whole));
    let reference = Reference::new(File::BUNDLED, &whole);
    let stage = Stage::new(&service, &reference);
    let long = format!("{LONG}; a moonlit #, {LONG}");
    let far = format!("{} #", LONG.repeat(60));
    let limited = Request::new(&[&long, LONG], Some(6), false);
    let padded = Request::new(&[SHORT, &long], None, true);
    let alone = Request::new(&[&long], None, false);
    // At so many places of its work the first one is stopped.
    for (stops, first, second) in [
        (12, &limited, &Request::new(&[&long, LONG], Some(9), false)),
        (8, &limited, &limited),
        (12, &padded, &Request::new(&[SHORT], None, false)),
        (8, &padded, &padded),
        (4, &alone, &alone),
        // One that is refused waits for none, either.
        (3, &limited, &Request::new(&[SHORT], Some(1), false)),
        (
            12,
            &Request::new(&[&long], Some(70), false),
            &Request::new(&[SHORT, &long], Some(6), true),
        ),
        (
            2,
            &Request::new(&[&far], None, false),
            &Request::new(&[&far], Some(600), false),
        ),
    ] {
        meets(&stage, stops, first, second);
    }
    let pairs = (scenes::requests(), scenes::requests(), any::<bool>());
    for (first, second, is_the_same) in scenes::drawn(8, &pairs) {
        meets(
            &stage,
            3,
            &first,
            if is_the_same { &first } else { &second },
        );
    }
    meets_after_a_load(&stage);
}

#[track_caller]
fn meets(stage: &Stage, stops: u64, first: &Request, second: &Request) {
    let steps = stage.steps(first);
    let _ = stage.alone(second);
    let mut waited = 0;
    for stop in 1..=stops {
        let Some(met) = stage.meet(1, steps * stop / (stops + 1), first, second) else {
            continue;
        };
        waited += u32::from(!met.at_once);
        // Once may be a lock that is held for a moment, to count or to note something.
        if waited == 2 {
            waits(1, &met, "");
        }
        answers_are_right(stage.reference(), &met);
    }
}

/// A `load` that waits for a request would be no wait of a request: but those that come after it would wait for both.
#[track_caller]
fn meets_after_a_load(stage: &Stage) {
    let first = Request::new(&["a # film", SHORT], Some(4), true);
    let second = Request::new(&[SHORT], None, false);
    let steps = stage.steps(&first);
    let mut waited = 0;
    for stop in 1..4 {
        let load = || {
            drop(model::load(
                small(Splits::Letters, Around::Before),
                &["moonlit"],
            ))
        };
        let Some(met) = stage.meet_after(1, steps * stop / 4, &first, &second, Some(&load)) else {
            continue;
        };
        waited += u32::from(!met.at_once);
        if waited == 2 {
            waits(1, &met, " Another service is loaded.");
        }
        answers_are_right(stage.reference(), &met);
    }
}

#[test]
fn while_hundreds_are_encoded_none_waits() {
    let _turn = turn();
    let file = small(Splits::ManyWords, Around::Bert);
    let service = shared(loaded(file, &[]));
    let reference = Reference::new(file, &[]);
    let stage = Stage::new(&service, &reference);
    let first = Request::new(&["w# w2 w3 w4 w5 w6 w7 w8"], Some(6), true);
    let second = Request::new(&["w#"], None, false);
    let steps = stage.steps(&first);
    let _ = stage.alone(&second);
    let mut made = Made::default();
    for many in [9, MANY] {
        let mut waited = 0;
        for at in [steps / 2, steps * 2 / 3] {
            let Some(met) = stage.meet(many, at, &first, &second) else {
                continue;
            };
            waited += u32::from(!met.at_once);
            if waited == 2 {
                waits(many, &met, "");
            }
            let when = format!(" while {many} others are in the middle of their work");
            if made.is_one(met.spent, MANY_WORDS) {
                makes_one(&met.second, met.spent, &when);
            }
            answers_are_right(&reference, &met);
        }
    }
}

/// As many as are promised.
const MANY: usize = 500;

#[track_caller]
fn waits(many: usize, met: &Met, meanwhile: &str) -> ! {
    let Met { first, second, .. } = met;
    let record = Record::new();
    let lane = |number: usize| format!("request {number}");
    // Of very many, the first few say it all.
    for number in 1..=many.min(9) {
        record.step(
            lane(number),
            "begins, and is stopped in the middle of its work",
        );
    }
    let last = lane(many + 1);
    let (others, whom) = match many {
        1 => (String::new(), lane(1)),
        _ => (
            format!(", and {} more like it", many - 1),
            "one of those".to_owned(),
        ),
    };
    record.step(
        &last,
        format!("begins, and does not end while {whom} is stopped"),
    );
    let _waits = record.wait(&last, lane(1));
    let failure = record.failure(
        format!(
            "{first} is stopped in the middle{others}.{meanwhile} Meanwhile {second} does not end"
        ),
        "its answer at once: it needs nothing that another request may change",
        "One long text holds up all that come after it, however many cores there are.",
    );
    failure.of_promise(9).raise()
}

#[track_caller]
fn answers_are_right(reference: &Reference, met: &Met) {
    let of_stopped = met.stopped.iter();
    let of_stopped = of_stopped.map(|answer| (&met.first, answer, "was stopped in the middle"));
    for (request, answer, what) in
        of_stopped.chain([(&met.second, &met.other, "came in the middle of another one")])
    {
        let why = "On a new service this request gets what is expected. What one request does reaches no other.";
        let at_once = |failure: Failure| Failure {
            seen: format!(
                "of requests at the same time, this one {what}: {}",
                failure.seen
            ),
            why: why.to_owned(),
            // Whoever has no rows is refused because of the others.
            promise: Some(if matches!(answer, Ok(Ok(_))) { 5 } else { 9 }),
            ..failure
        };
        let judged = reference.judge(Part::Rows, request, answer, at_once);
        if let Err(failure) = judged {
            failure.raise();
        }
    }
}

/// Checks take turns: some count what the whole process allocates, and stop its threads.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    // `encode_batch` works on its caller's thread: a shared pool of threads would be stopped as a whole.
    set_parallelism(false);
    turn
}

/// Without the messages of panics that are caught: the smallest one is looked for among many.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let value = work();
    std::panic::set_hook(hook);
    value
}

/// A service of this file.
#[track_caller]
fn loaded(file: File, whole: &[&str]) -> Service {
    match model::load(file, whole) {
        Ok(service) => service,
        Err(failure) => failure.raise(),
    }
}

fn small(splits: Splits, around: Around) -> File {
    File {
        splits,
        around,
        truncation: Truncation::None,
        padding: Padding::None,
        added: 0,
    }
}

/// A service that several threads may ask.
#[track_caller]
fn shared(service: Service) -> Shared<Service> {
    if !IsShared::<Service>::IS {
        let failure = Failure::new(
            "`Service` is not both `Send` and `Sync`: no two threads may ask one service",
            "requests on several threads are encoded at once",
            "Something in it may be changed through `&self` by one thread alone, such as a `Cell`, a `RefCell` or an `Rc`. A lock would \
             make it compile, and let requests wait for each other. What does a request have to change in it?",
        );
        failure.of_promise(9).raise();
    }
    Shared(service)
}

struct IsShared<T>(PhantomData<T>);

/// What holds of a type that has no better `IS`.
#[allow(dead_code, reason = "it is for an answer that is not shared")]
trait IsNot {
    const IS: bool = false;
}

impl<T> IsNot for IsShared<T> {}

impl<T: Send + Sync> IsShared<T> {
    const IS: bool = true;
}

checks::earned!();
