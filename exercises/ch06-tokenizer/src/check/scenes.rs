//! Scenes by chance: files of every kind, and requests to them.

use proptest::prelude::*;
use proptest::sample::select;

use super::file::{Around, File, Padding, Splits, Truncation};
use super::model::{Part, Request, Scene};
use crate::Options;

pub fn scenes() -> impl Strategy<Value = Scene> {
    let texts = select(vec![
        "a",
        "",
        " ",
        "a good film",
        "the film was good, and the end was well-made",
        "moonlit",
        "a zebrafish, moonlit.",
        "[PAD] a [PAD]",
        "[SEP] good [CLS]",
        "unheard words",
        "the film and the end, but the film was a film",
    ]);
    let texts = (texts, select(vec![1, 1, 1, 8, 25]))
        .prop_map(|(text, times)| [text].repeat(times).join(" "));
    let limits = select(vec![
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        9,
        13,
        60,
        600,
        70_000,
        usize::MAX,
    ]);
    let request = (
        prop::collection::vec(texts, 0..4),
        prop::option::of(limits),
        any::<bool>(),
    )
        .prop_map(|(texts, max_tokens, pad)| Request {
            texts,
            options: Options { max_tokens, pad },
        });
    let whole = select(vec![
        vec![],
        vec!["zebrafish", "film", "moonlit"],
        vec!["moonlit", "well-made", "moonlit", "zebrafish"],
    ]);
    (files(), whole, prop::collection::vec(request, 1..4)).prop_map(|(file, whole, requests)| {
        Scene {
            file,
            whole,
            requests,
            looks_at: Part::All,
        }
    })
}

fn files() -> impl Strategy<Value = File> {
    let truncation = prop_oneof![
        Just(Truncation::None),
        (0_u64..8).prop_map(Truncation::To),
        (0_u64..8).prop_map(Truncation::FromTheLeft),
        (4_u64..8).prop_map(Truncation::WithStride),
        (0_u64..8).prop_map(Truncation::OfASecondText),
    ];
    let padding = prop_oneof![
        Just(Padding::None),
        Just(Padding::ToTheLongest),
        (0_u64..40).prop_map(Padding::To),
        Just(Padding::AtTheStart),
        (2_u64..9).prop_map(Padding::ToAMultiple),
        (5_u32..9).prop_map(Padding::With),
    ];
    let splits = select(vec![Splits::Words, Splits::Letters]);
    (
        splits,
        select(Around::ALL.to_vec()),
        truncation,
        padding,
        0_u32..3,
    )
        .prop_map(|(splits, around, truncation, padding, added)| File {
            splits,
            around,
            truncation,
            padding,
            added,
        })
}
