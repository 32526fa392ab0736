//! What the service promises, request by request.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::LazyLock;

use tokenizers::Tokenizer;
use tokenizers::utils::parallelism::set_parallelism;

use super::{EncodeError, Options, Row, Service};

#[path = "check/allocations.rs"]
mod allocations;
#[path = "check/stage.rs"]
mod stage;

use stage::Met;

const CLS: u32 = 2;
const SEP: u32 = 3;
const SHORT: &str = "a wonderful film";
const LONG: &str = "a boring story, and a dreadful end; the actors were good, but the film was not";

/// A service's requests may share nothing that one request can change.
const fn is_shared<T: Send + Sync>() {}
const _: () = is_shared::<Service>();

#[test]
fn rows_come_in_the_order_of_their_texts() {
    let service = service(&[]);
    for options in [limited(None), padded(None)] {
        let rows = encode(&service, &[], options);
        assert!(
            rows.is_empty(),
            "no texts have no rows; these came: {rows:?}"
        );
        is_right(&service, &[LONG, "", SHORT], options, "");
    }
}

#[test]
fn a_cut_row_keeps_its_closing_token() {
    let service = service(&[]);
    for limit in 3..16 {
        let rows = encode(&service, &[LONG], limited(Some(limit)));
        let ids = &rows[0].ids;
        assert!(
            ids.first() == Some(&CLS) && ids.last() == Some(&SEP),
            "cut to {limit} tokens, the row is {ids:?}.\n\
             It has to begin with {CLS} and to end with {SEP}, as every text did on which the model was \
             trained.\nCut the text, and not what stands around it."
        );
        assert_eq!(
            ids.len(),
            limit,
            "the limit is {limit}, and {LONG:?} has more tokens"
        );
    }
}

#[test]
fn a_limit_ends_with_its_request() {
    let service = service(&[]);
    let limits = [None, Some(6), Some(40), Some(2)];
    for before in limits {
        for limit in limits {
            encode(&service, &[LONG], limited(before));
            let after = format!(" right after a request with {}", said(before));
            is_right(&service, &[LONG, SHORT], limited(limit), &after);
        }
    }
}

#[test]
fn padding_ends_with_its_request() {
    let service = service(&[]);
    for before in [padded(Some(6)), limited(None), padded(None)] {
        encode(&service, &[SHORT, LONG], before);
        let after = if before.pad {
            " right after a padded one"
        } else {
            ""
        };
        is_right(&service, &[SHORT, LONG], limited(None), after);
        is_right(&service, &[SHORT, LONG], padded(None), "");
    }
}

#[test]
fn the_settings_of_a_file_do_not_reach_a_request() {
    let mut baked: Tokenizer = models::TOKENIZER
        .parse()
        .expect("the bundled tokenizer is read");
    let four = tokenizers::TruncationParams {
        max_length: 4,
        ..Default::default()
    };
    baked.with_truncation(Some(four)).expect("four is enough");
    let fixed = tokenizers::PaddingParams {
        strategy: tokenizers::PaddingStrategy::Fixed(32),
        ..Default::default()
    };
    baked.with_padding(Some(fixed));
    let json = baked.to_string(false).expect("a tokenizer is written");
    let service = Service::load(&json, &[]).unwrap_or_else(|error| panic!("not loaded: {error}"));
    let from = " from a file that was saved with a limit of 4 and padding to 32";
    for options in [limited(None), limited(Some(6)), padded(None)] {
        is_right(&service, &[SHORT, LONG], options, from);
    }
}

#[test]
fn what_is_left_out_is_counted() {
    let service = service(&[]);
    let all = expected(LONG, None).ids.len() - 2;
    for limit in [2, 3, 6, all + 1, all + 2, 512] {
        let row = &encode(&service, &[LONG], limited(Some(limit)))[0];
        let left_out = all - all.min(limit - 2);
        assert!(
            row.left_out == left_out,
            "a text of {all} tokens is cut to a row of {limit}: {left_out} of them are not in it, and \
             `left_out` is {}.\nWhoever cannot see that half of a text was not read will blame the model.",
            row.left_out
        );
    }
}

#[test]
fn a_limit_that_holds_no_text_is_an_error() {
    let service = service(&[]);
    for limit in [0, 1] {
        for text in [SHORT, ""] {
            let small = Err(EncodeError::LimitTooSmall { limit, least: 2 });
            let answer = catch_unwind(AssertUnwindSafe(|| {
                service.encode(&[text], limited(Some(limit)))
            }));
            let Ok(answer) = answer else {
                panic!(
                    "a request with a limit of {limit} panics. Limits come from clients: it is {small:?}, and \
                     other requests go on."
                );
            };
            assert_eq!(answer, small, "that is the answer to a limit of {limit}");
        }
    }
    is_right(
        &service,
        &[LONG],
        limited(Some(2)),
        " right after limits of 0 and 1",
    );
}

#[test]
fn whole_words_have_their_ids_from_the_start() {
    let first = models::VOCABULARY as u32;
    let service = service(&["zebrafish", "film", "moonlit"]);
    for (text, ids) in [
        ("a moonlit film", vec![first + 1]),
        ("a zebrafish, moonlit", vec![first, first + 1]),
    ] {
        let row = &encode(&service, &[text], limited(None))[0];
        let seen: Vec<u32> = row.ids.iter().copied().filter(|id| *id >= first).collect();
        assert_eq!(
            seen, ids,
            "the service was loaded with the words `zebrafish`, `film` and `moonlit`. {text:?} has the ids {:?}; \
             for its \
             new\nwords {ids:?} was expected. An id stands for a row of weights that was trained for that word: \
             it\ncannot depend on which request came first.",
            row.ids
        );
    }
}

#[test]
fn two_services_in_one_process_share_nothing() {
    let (one, other) = (service(&["zebrafish"]), service(&["moonlit"]));
    encode(&one, &["a zebrafish"], limited(Some(3)));
    let row = &encode(&other, &["a moonlit zebrafish"], limited(None))[0];
    let first = models::VOCABULARY as u32;
    assert!(
        row.ids[2] == first && row.ids[3] != first,
        "a service was loaded with `moonlit` alone, and {:?} are its ids of \"a moonlit zebrafish\": {first} is \
         `moonlit`,\nand `zebrafish` is whole in another service only",
        row.ids
    );
}

#[test]
fn a_row_does_not_depend_on_the_others_of_its_request() {
    let service = service(&[]);
    for options in [
        limited(None),
        limited(Some(7)),
        padded(None),
        padded(Some(7)),
    ] {
        for texts in [[SHORT, LONG], [LONG, SHORT], [SHORT, ""]] {
            let together = encode(&service, &texts, options);
            for (text, row) in texts.iter().zip(&together) {
                let alone = &encode(&service, &[text], options)[0];
                let tokens = row.mask.iter().filter(|mask| **mask == 1).count();
                assert_eq!(
                    row.ids[..tokens],
                    alone.ids,
                    "{text:?} has other tokens in the request {texts:?} with {} than alone",
                    said_of(options)
                );
            }
        }
    }
}

#[test]
fn a_request_makes_no_tokenizer() {
    one_thread_each();
    let service = service(&[]);
    encode(&service, &[SHORT], limited(Some(4)));
    for options in [limited(Some(5)), padded(Some(7)), limited(None)] {
        let (_, count) = allocations::during(|| encode(&service, &["film"], options));
        assert!(
            count < models::VOCABULARY as u64,
            "a request for one word with {} allocates {count} times, and a tokenizer has {} words.\n\
             Something as large as the tokenizer is made for it, and thrown away or kept. A real one has tens of \
             thousands\nof words.",
            said_of(options),
            models::VOCABULARY
        );
    }
}

#[test]
fn two_requests_run_at_once_and_do_not_meet() {
    one_thread_each();
    let service = service(&[]);
    for (first, second) in [
        (limited(Some(6)), limited(Some(9))),
        (limited(None), padded(Some(6))),
        (padded(None), limited(None)),
    ] {
        let texts = [LONG, SHORT];
        encode(&service, &texts, first);
        let (_, count) = allocations::during(|| encode(&service, &texts, first));
        let met: Vec<Met<Vec<Row>>> = (1..4)
            .filter_map(|quarter| {
                stage::meet(
                    count * quarter / 4,
                    || encode(&service, &texts, first),
                    || encode(&service, &texts, second),
                )
            })
            .collect();
        // Once may be a lock that is held for a moment.
        let waited = met.iter().filter(|met| !met.at_once).count();
        assert!(
            waited < 2,
            "request 1 with {} is stopped in the middle. Request 2 with {} waits until it goes on.\n\
             Expected: it has its answer at once, for it needs nothing that request 1 may change. Here one \
             long text\nholds up everybody, however many cores there are.",
            said_of(first),
            said_of(second)
        );
        for met in met {
            let rows = met.stopped.unwrap_or_else(|panic| resume_unwind(panic));
            rows_are_right(&rows, &texts, first, " that was stopped in the middle");
            let rows = met.other.unwrap_or_else(|panic| resume_unwind(panic));
            rows_are_right(&rows, &texts, second, " in the middle of another one");
        }
    }
}

/// tokenizers can share out one request among threads; a thread's allocations then do not tell what it does.
fn one_thread_each() {
    set_parallelism(false);
}

#[track_caller]
fn service(whole: &[&str]) -> Service {
    Service::load(models::TOKENIZER, whole)
        .unwrap_or_else(|error| panic!("the bundled tokenizer is not loaded: {error}"))
}

fn limited(max_tokens: Option<usize>) -> Options {
    Options {
        max_tokens,
        pad: false,
    }
}

fn padded(max_tokens: Option<usize>) -> Options {
    Options {
        max_tokens,
        pad: true,
    }
}

#[track_caller]
fn encode(service: &Service, texts: &[&str], options: Options) -> Vec<Row> {
    let rows = service
        .encode(texts, options)
        .unwrap_or_else(|error| panic!("{texts:?} with {} is refused: {error}", said_of(options)));
    assert_eq!(rows.len(), texts.len(), "each text has its row");
    rows
}

#[track_caller]
fn is_right(service: &Service, texts: &[&str], options: Options, which: &str) {
    rows_are_right(&encode(service, texts, options), texts, options, which);
}

#[track_caller]
fn rows_are_right(rows: &[Row], texts: &[&str], options: Options, which: &str) {
    let mut wanted: Vec<Row> = texts
        .iter()
        .map(|text| expected(text, options.max_tokens))
        .collect();
    let longest = wanted.iter().map(|row| row.ids.len()).max().unwrap_or(0);
    for (number, (row, wanted)) in rows.iter().zip(&mut wanted).enumerate() {
        if options.pad {
            wanted.ids.resize(longest, 0);
            wanted.mask.resize(longest, 0);
        }
        let (what, seen, expected) = if row.ids == wanted.ids {
            ("mask", &row.mask, &wanted.mask)
        } else {
            ("ids", &row.ids, &wanted.ids)
        };
        assert!(
            seen == expected,
            "a request with {}{which}: row {number} has the wrong {what}.\n\
             text      {:?}\n\
             seen      {seen:?}\n\
             expected  {expected:?}\n\
             A row depends on its text and on its own request's options.",
            said_of(options),
            texts[number],
        );
    }
}

/// The row of a text, from a tokenizer that nobody else has, cut by hand.
fn expected(text: &str, max_tokens: Option<usize>) -> Row {
    static TOKENIZER: LazyLock<Tokenizer> = LazyLock::new(|| {
        models::TOKENIZER
            .parse()
            .expect("the bundled tokenizer is read")
    });
    let encoding = TOKENIZER
        .encode(text, false)
        .expect("a right text is encoded");
    let all = encoding.get_ids();
    let room = max_tokens.map_or(all.len(), |limit| all.len().min(limit - 2));
    let ids: Vec<u32> = [&[CLS], &all[..room], &[SEP]].concat();
    Row {
        mask: vec![1; ids.len()],
        left_out: all.len() - room,
        ids,
    }
}

fn said_of(options: Options) -> String {
    let padding = if options.pad { " and padding" } else { "" };
    format!("{}{padding}", said(options.max_tokens))
}

fn said(max_tokens: Option<usize>) -> String {
    max_tokens.map_or("no limit".into(), |limit| format!("a limit of {limit}"))
}

checks::earned!();
