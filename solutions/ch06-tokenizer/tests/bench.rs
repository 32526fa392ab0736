//! Writes what the page's bench works on, and what it is tested by: the tokenizer's parts, texts encoded by the
//! `tokenizers` crate, and two requests on one tokenizer in each order of their steps.

use std::fmt::Write;

use ch06_tokenizer_solution::{Options, Service};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, file};
use tokenizers::{PaddingParams, PaddingStrategy, Tokenizer, TruncationParams};

const TEXTS: [&str; 40] = [
    "",
    " ",
    "a wonderful film",
    "A Wonderful FILM",
    "a boring story, and a dreadful end; the actors were good, but the film was not",
    "good!bad?",
    "it's well-made",
    "...",
    "$5 + 3 < 9 | ~`^",
    "8/10",
    "2026-11-23",
    "\"The best film of the year\" (so they say)",
    "wonderfully wonderfulness",
    "xyzzy",
    "oscar",
    "café",
    "cafe\u{301}",
    "Ça, un ÉTÉ à Zürich",
    "ÆON œuvre straße",
    "İstanbul ΣΟΦΟΣ",
    "Ångström naïve",
    "電影 is good",
    "good電影bad",
    "とても良い映画",
    "한국 영화",
    "фильм Хороший",
    "a film 🎬 good👍🏽",
    "zero\u{200b}width and soft\u{ad}hyphen",
    "tab\tand\nnew line\r\n",
    "no\u{a0}break\u{3000}space",
    "\u{0}nul \u{7f}delete \u{85}next \u{fffd}lost \u{e000}own",
    "« bon » – “good” … ¿qué? ¡no!",
    "ﬁne ½ ² №",
    "[SEP] good [PAD][CLS]",
    "[sep] [MASK] [UNK]nown",
    "good_film #1 @home 100%",
    "मूवी अच्छी है",
    "فيلم جميل",
    "constructor __proto__ toString",
    "Zͨ̈aͩ̃l̃g̃o",
];

#[test]
fn the_file_holds_the_tokenizer_that_the_bench_works_on() {
    let tokenizer = tokenizer();
    let file: Value = serde_json::from_str(models::TOKENIZER).unwrap();
    let count = u32::try_from(models::VOCABULARY).unwrap();
    let vocabulary: Vec<String> = (0..count)
        .map(|id| tokenizer.id_to_token(id).unwrap())
        .collect();
    let added: Vec<&Value> = file["added_tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|token| &token["content"])
        .collect();
    // What the bench takes for granted.
    assert_eq!(file["normalizer"]["type"], "BertNormalizer");
    assert_eq!(file["pre_tokenizer"]["type"], "BertPreTokenizer");
    assert_eq!(file["model"]["type"], "WordPiece");
    let empty = tokenizer.encode("", true).unwrap();
    assert_eq!(empty.get_tokens(), ["[CLS]", "[SEP]"]);
    let parts = json!({
        "added": added,
        "before": "[CLS]",
        "after": "[SEP]",
        "pad": PaddingParams::default().pad_token,
        "unknown": file["model"]["unk_token"],
        "prefix": file["model"]["continuing_subword_prefix"],
        "longestWord": file["model"]["max_input_chars_per_word"],
        "vocabulary": vocabulary,
    });
    assert_data_eq!(
        format!("{parts}\n"),
        file!["../../../src/figures/ch06-bench.json"].raw()
    );
}

#[test]
fn the_file_holds_what_texts_and_requests_get_now() {
    let tokenizer = tokenizer();
    let long_word = |length| "a".repeat(length);
    let many_words = "a wonderful film, and good ".repeat(40);
    let mut lines = Vec::new();
    for text in
        TEXTS
            .map(str::to_owned)
            .into_iter()
            .chain([long_word(100), long_word(101), many_words])
    {
        let encoding = tokenizer.encode(text.as_str(), true).unwrap();
        assert_eq!(encoding.get_ids().len(), encoding.get_tokens().len());
        lines.push(json!({ "text": text, "ids": encoding.get_ids() }));
    }
    let texts = rows(&lines);
    let requests = rows(&pairs().map(|pair| two_requests(&pair)));
    let now = format!("{{\"texts\": {texts},\n\"requests\": {requests}}}\n");
    assert_data_eq!(
        now,
        file!["../../../book-tests/figures/ch06-bench.json"].raw()
    );
}

/// What a request asks for. `None` leaves the tokenizer as it is, as the shipped service does.
#[derive(Clone)]
struct Request {
    texts: &'static [&'static str],
    limit: Option<usize>,
    padding: Option<PaddingStrategy>,
}

fn pairs() -> [[Request; 2]; 5] {
    use PaddingStrategy::{BatchLongest, Fixed};
    let request = |texts, limit, padding| Request {
        texts,
        limit,
        padding,
    };
    const LONG: &[&str] = &["a boring story and a dreadful end"];
    const TWO: &[&str] = &["a wonderful film", "boring"];
    [
        [
            request(LONG, Some(9), None),
            request(TWO, Some(5), Some(Fixed(8))),
        ],
        [
            request(LONG, None, None),
            request(TWO, Some(4), Some(BatchLongest)),
        ],
        [
            request(TWO, None, Some(BatchLongest)),
            request(LONG, Some(2), None),
        ],
        [
            request(TWO, Some(3), Some(Fixed(4))),
            request(LONG, Some(12), Some(Fixed(12))),
        ],
        [
            request(LONG, None, None),
            request(&[""], None, Some(Fixed(1))),
        ],
    ]
}

/// Which request has the step: each sets first and encodes then.
const ORDERS: [[usize; 4]; 6] = [
    [1, 1, 2, 2],
    [1, 2, 1, 2],
    [1, 2, 2, 1],
    [2, 1, 1, 2],
    [2, 1, 2, 1],
    [2, 2, 1, 1],
];

fn two_requests(pair: &[Request; 2]) -> Value {
    let asks: Vec<Value> = pair
        .iter()
        .map(|request| {
            json!({
                "texts": request.texts,
                "limit": request.limit,
                "padding": request.padding.as_ref().map(|padding| match padding {
                    PaddingStrategy::BatchLongest => json!("longest"),
                    PaddingStrategy::Fixed(length) => json!(length),
                }),
            })
        })
        .collect();
    let orders: Vec<Value> = ORDERS
        .iter()
        .map(|order| json!({ "order": order, "rows": on_one_tokenizer(pair, *order) }))
        .collect();
    json!({ "asks": asks, "shared": orders, "own": pair.each_ref().map(on_its_own) })
}

fn on_one_tokenizer(pair: &[Request; 2], order: [usize; 4]) -> [Vec<Vec<u32>>; 2] {
    let mut tokenizer = tokenizer();
    let mut has_set = [false; 2];
    let mut rows = [Vec::new(), Vec::new()];
    for step in order.map(|number| number - 1) {
        if has_set[step] {
            rows[step] = encoded(&tokenizer, &pair[step]);
        } else {
            set(&mut tokenizer, &pair[step]);
            has_set[step] = true;
        }
    }
    rows
}

/// As the shipped service does: what a request does not ask for stays as it is.
fn set(tokenizer: &mut Tokenizer, request: &Request) {
    if let Some(max_length) = request.limit {
        let limit = TruncationParams {
            max_length,
            ..TruncationParams::default()
        };
        tokenizer.with_truncation(Some(limit)).unwrap();
    }
    if let Some(strategy) = request.padding.clone() {
        tokenizer.with_padding(Some(PaddingParams {
            strategy,
            ..PaddingParams::default()
        }));
    }
}

fn encoded(tokenizer: &Tokenizer, request: &Request) -> Vec<Vec<u32>> {
    let encodings = tokenizer.encode_batch(request.texts.to_vec(), true);
    let encodings = encodings.unwrap();
    encodings
        .iter()
        .map(|encoding| encoding.get_ids().to_vec())
        .collect()
}

/// The rows of a request alone, and how many tokens of each text are not in them.
fn on_its_own(request: &Request) -> Value {
    let mut own = tokenizer();
    set(&mut own, request);
    let rows = encoded(&own, request);
    let service = Service::load(models::TOKENIZER, &[]).unwrap();
    let options = Options {
        max_tokens: request.limit,
        pad: matches!(request.padding, Some(PaddingStrategy::BatchLongest)),
    };
    let mut served = service.encode(request.texts, options).unwrap();
    if let Some(PaddingStrategy::Fixed(length)) = request.padding {
        // The service has no such option: a row is padded after it was encoded.
        for row in &mut served {
            row.ids.resize(length.max(row.ids.len()), 0);
        }
    }
    let ids: Vec<Vec<u32>> = served.iter().map(|row| row.ids.clone()).collect();
    assert_eq!(ids, rows, "a service and a tokenizer of its own agree");
    let left_out: Vec<usize> = served.iter().map(|row| row.left_out).collect();
    json!({ "rows": rows, "leftOut": left_out })
}

fn tokenizer() -> Tokenizer {
    models::TOKENIZER.parse().unwrap()
}

/// A list with a line for each, so that a difference is readable.
fn rows(values: &[Value]) -> String {
    let mut list = String::from("[");
    for (at, value) in values.iter().enumerate() {
        write!(list, "{}{value}", if at == 0 { "\n" } else { ",\n" }).unwrap();
    }
    list + "\n]"
}
