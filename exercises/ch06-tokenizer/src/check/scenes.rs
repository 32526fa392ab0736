//! Scenes by chance: files of every kind, and requests to them.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

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
        "  a good  film\n\tthe end ",
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
    let requests = prop::collection::vec((request, select(Next::ALL.to_vec())), 1..4);
    let whole = select(vec![
        vec![],
        vec!["zebrafish", "film", "moonlit"],
        vec!["moonlit", "well-made", "moonlit", "zebrafish"],
    ]);
    (files(), whole, requests).prop_map(|(file, whole, requests)| {
        let with_next = |(request, next): (Request, Next)| {
            // In other capitals or inside a longer one a whole word is open.
            let next = next.after(&request).filter(|_| whole.is_empty());
            std::iter::once(request).chain(next)
        };
        let requests = requests.into_iter().flat_map(with_next).collect();
        Scene {
            file,
            whole,
            requests,
            looks_at: Part::All,
        }
    })
}

/// What comes right after a request: whoever keeps rows may take it for the same.
#[derive(Debug, Clone, Copy)]
enum Next {
    Another,
    InCapitals,
    WithAnotherEnd,
    WithoutLimit,
}

impl Next {
    const ALL: [Next; 5] = [
        Next::Another,
        Next::Another,
        Next::InCapitals,
        Next::WithAnotherEnd,
        Next::WithoutLimit,
    ];

    fn after(self, request: &Request) -> Option<Request> {
        let mut next = request.clone();
        match self {
            Next::Another => return None,
            Next::InCapitals => {
                for text in &mut next.texts {
                    *text = text.to_uppercase();
                }
            }
            Next::WithAnotherEnd => {
                for text in &mut next.texts {
                    let last = text.pop();
                    text.extend(last.map(|last| if last == 'a' { 'b' } else { 'a' }));
                }
            }
            Next::WithoutLimit => next.options.max_tokens = None,
        }
        Some(next)
    }
}

/// So many of them, the same at each run.
pub fn drawn<T: Debug>(count: usize, strategy: &impl Strategy<Value = T>) -> Vec<T> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &SEED);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let draw = |_| strategy.new_tree(&mut runner).expect("nothing is refused");
    (0..count).map(draw).map(|tree| tree.current()).collect()
}

/// Of all that is drawn.
pub const SEED: [u8; 32] = [6; 32];

/// Requests that may meet another one: of one text and of many.
pub fn requests() -> impl Strategy<Value = Request> {
    let texts = select(vec![
        "a # film",
        "a moonlit story, and # ends",
        "",
        "moonlit",
    ]);
    let how_many = select(vec![1_usize, 1, 2, 3, 20]);
    let texts = how_many.prop_flat_map(move |many| prop::collection::vec(texts.clone(), many));
    let limits = select(vec![None, Some(3), Some(6), Some(100), Some(600)]);
    (texts, limits, any::<bool>())
        .prop_map(|(texts, max_tokens, pad)| Request::new(&texts, max_tokens, pad))
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
    let splits = select(vec![Splits::Words, Splits::Letters, Splits::Blanks]);
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
