//! Requests, right ones and wrong ones: a right one is made, and then faults are put into it.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::expected::NAMES;
use crate::request::{Named, Values};

/// A request, and the vocabulary of the model that it is for.
#[derive(Debug, Clone)]
pub struct Request {
    /// How many ids there are.
    pub vocabulary: usize,
    /// What is given.
    pub tensors: Vec<Named>,
}

/// What is done to a right request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// A tensor is left out.
    LeftOut { of: Index },
    /// A tensor has another name.
    Renamed { of: Index, name: String },
    /// There is a tensor of another name.
    Added { name: String },
    /// A tensor is given once more, at another place, and perhaps with other values.
    Repeated { of: Index, at: Index, same: bool },
    /// A tensor is of another type.
    Typed { of: Index, float: bool },
    /// A tensor has another shape, and perhaps the values to fill it.
    Shaped {
        of: Index,
        shape: Shape,
        filled: bool,
    },
    /// A tensor has more or fewer values.
    Counted { of: Index, values: usize },
    /// A tensor has another value somewhere.
    Valued { of: Index, at: Index, value: Value },
}

/// A value that most inputs do not have.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// The first number that is no id.
    Vocabulary,
    Of(i64),
}

/// A shape that is another one than `[rows, columns]`.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Flat,
    NoAxes,
    LeadingOne,
    TrailingOne,
    ManyAxes,
    /// More than a byte can count.
    HundredsOfAxes,
    Layers,
    Turned,
    OneRow,
    OneColumn,
    OneColumnOfAll,
    Longer,
    Taller,
    NoRows,
    NoColumns,
    NoneAtAll,
    /// One axis is 0 long: there are no places, whatever the others come to.
    NoneOfHuge,
    NoneOfManyHuge,
    /// Its places are as many as the values, modulo all that a `usize` counts.
    Wraps {
        odd: usize,
    },
    /// Its places are as many as the values, modulo half of the bits of a `usize`.
    WrapsHalf,
    /// Its places are 0 modulo all that a `usize` counts.
    WrapsToNone,
    Huge,
}

/// Shapes of two axes that hold something.
const OF_TWO_AXES: [Shape; 6] = [
    Shape::Turned,
    Shape::OneRow,
    Shape::OneColumn,
    Shape::OneColumnOfAll,
    Shape::Longer,
    Shape::Taller,
];
const OF_OTHER_AXES: [Shape; 6] = [
    Shape::Flat,
    Shape::NoAxes,
    Shape::LeadingOne,
    Shape::TrailingOne,
    Shape::ManyAxes,
    Shape::HundredsOfAxes,
];
const EMPTY: [Shape; 5] = [
    Shape::NoRows,
    Shape::NoColumns,
    Shape::NoneAtAll,
    Shape::NoneOfHuge,
    Shape::NoneOfManyHuge,
];

impl Shape {
    fn of(self, rows: usize, columns: usize) -> Vec<usize> {
        let half = 1_usize << (usize::BITS / 2);
        match self {
            Shape::Flat => vec![rows * columns],
            Shape::NoAxes => vec![],
            Shape::LeadingOne => vec![1, rows, columns],
            Shape::TrailingOne => vec![rows, columns, 1],
            Shape::ManyAxes => vec![1, rows, 1, columns, 1],
            Shape::HundredsOfAxes => [vec![rows, columns], vec![1; 256]].concat(),
            Shape::Layers => vec![rows, columns, 2],
            Shape::Turned => vec![columns, rows],
            Shape::OneRow => vec![1, columns],
            Shape::OneColumn => vec![rows, 1],
            Shape::OneColumnOfAll => vec![rows * columns, 1],
            Shape::Longer => vec![rows, columns + 1],
            Shape::Taller => vec![rows + 1, columns],
            Shape::NoRows => vec![0, columns],
            Shape::NoColumns => vec![rows, 0],
            Shape::NoneAtAll => vec![0, 0],
            Shape::NoneOfHuge => vec![usize::MAX, 2, 0],
            Shape::NoneOfManyHuge => vec![usize::MAX, usize::MAX, usize::MAX, 0],
            Shape::Wraps { odd } => vec![odd, inverse(odd).wrapping_mul(rows * columns)],
            Shape::WrapsHalf => vec![half + rows, columns],
            Shape::WrapsToNone => vec![half, half],
            Shape::Huge => vec![usize::MAX, usize::MAX, 2],
        }
    }
}

/// What an odd number is multiplied with to be 1 in wrapping arithmetic.
fn inverse(odd: usize) -> usize {
    // Each round doubles the bits that are right; 3 of them are at the start.
    (0..5).fold(odd, |inverse, _| {
        let two = 2_usize.wrapping_sub(odd.wrapping_mul(inverse));
        inverse.wrapping_mul(two)
    })
}

/// Requests that keep the contract, to models of many sizes.
pub fn right() -> impl Strategy<Value = Request> {
    right_for(select(vec![
        1,
        2,
        3,
        7,
        256,
        1199,
        models::VOCABULARY,
        1201,
        50_000,
        i32::MAX as usize,
        isize::MAX as usize,
    ]))
}

/// Requests that keep the contract, of one row and of many, short and long.
pub fn right_for(vocabulary: impl Strategy<Value = usize>) -> impl Strategy<Value = Request> {
    let size = prop_oneof![
        8 => (1..5_usize, 1..8_usize),
        1 => (Just(1), 500..2100_usize),
        1 => (30..1100_usize, 1..4_usize),
    ];
    (vocabulary, size, any::<bool>(), any::<u64>()).prop_map(
        |(vocabulary, (rows, columns), mask_first, seed)| {
            let drawn = draws(seed, rows * columns);
            let ids = drawn.iter().map(|drawn| id_of(*drawn, vocabulary));
            let ids = int64(NAMES[0], &[rows, columns], ids.collect());
            let mask = drawn.iter().map(|drawn| (drawn >> 61 & 1) as i64).collect();
            let mask = int64(NAMES[1], &[rows, columns], mask);
            let tensors = if mask_first {
                vec![mask, ids]
            } else {
                vec![ids, mask]
            };
            Request {
                vocabulary,
                tensors,
            }
        },
    )
}

/// The first id and the last one are drawn often.
fn id_of(drawn: u64, vocabulary: usize) -> i64 {
    match drawn % 8 {
        0 => 0,
        1 => vocabulary as i64 - 1,
        _ => ((drawn >> 3) % vocabulary as u64) as i64,
    }
}

/// Texts of ids: one and many, short and long, and some without an id.
pub fn texts_for(vocabulary: usize) -> impl Strategy<Value = Vec<Vec<i64>>> {
    let text = |lengths| {
        (lengths, any::<u64>()).prop_map(move |(length, seed)| {
            let drawn = draws(seed, length);
            drawn
                .into_iter()
                .map(|drawn| id_of(drawn, vocabulary))
                .collect()
        })
    };
    let texts = prop_oneof![
        8 => vec(text(0..9_usize), 1..6),
        1 => vec(text(500..2100_usize), 1..3),
        1 => vec(text(0..4_usize), 30..1100),
        // Who works in parts finds some without an id.
        1 => (0..600_usize, vec(text(0..4_usize), 1..4), 0..600_usize).prop_map(
            |(before, texts, after)| [vec![vec![]; before], texts, vec![vec![]; after]].concat()
        ),
    ];
    texts.prop_filter("no text has an id", |texts: &Vec<Vec<i64>>| {
        texts.iter().any(|text| !text.is_empty())
    })
}

/// Right requests with one to `most` of these faults.
pub fn with_faults(
    right: impl Strategy<Value = Request>,
    faults: impl Strategy<Value = Fault>,
    most: usize,
) -> impl Strategy<Value = Request> {
    (right, vec(faults, 1..=most)).prop_map(|(mut request, faults)| {
        for fault in faults {
            put(fault, &mut request);
        }
        request
    })
}

fn put(fault: Fault, request: &mut Request) {
    let Request {
        vocabulary,
        tensors,
    } = request;
    if tensors.is_empty() {
        return;
    }
    match fault {
        Fault::LeftOut { of } => {
            tensors.remove(of.index(tensors.len()));
        }
        Fault::Renamed { of, name } => of.get_mut(tensors).name = name,
        Fault::Added { name } => {
            let other = Named {
                name,
                ..tensors[0].clone()
            };
            tensors.push(other);
        }
        Fault::Repeated { of, at, same } => {
            let mut again = of.get(tensors).clone();
            if let Values::I64(values) = &mut again.values
                && !same
            {
                values.fill(0);
            }
            tensors.insert(at.index(tensors.len() + 1), again);
        }
        Fault::Typed { of, float } => {
            let values = &mut of.get_mut(tensors).values;
            if let Values::I64(whole) = values {
                *values = if float {
                    Values::F32(whole.iter().map(|value| *value as f32).collect())
                } else {
                    Values::I32(whole.iter().map(|value| *value as i32).collect())
                };
            }
        }
        Fault::Shaped { of, shape, filled } => {
            let Named {
                shape: axes,
                values,
                ..
            } = of.get_mut(tensors);
            if let [rows, columns] = axes[..]
                && rows
                    .checked_mul(columns)
                    .is_some_and(|places| places < 1 << 20)
            {
                *axes = shape.of(rows, columns);
                if filled {
                    resize(
                        values,
                        axes.iter()
                            .fold(1, |places, axis| axis.saturating_mul(places)),
                    );
                }
            }
        }
        Fault::Counted { of, values } => resize(&mut of.get_mut(tensors).values, values),
        Fault::Valued { of, at, value } => {
            if let Values::I64(values) = &mut of.get_mut(tensors).values
                && !values.is_empty()
            {
                *at.get_mut(values) = match value {
                    Value::Vocabulary => *vocabulary as i64,
                    Value::Of(value) => value,
                };
            }
        }
    }
}

/// Makes as many values as a test can hold.
fn resize(values: &mut Values, count: usize) {
    let count = count.min(1 << 12);
    match values {
        Values::I64(values) => values.resize(count, 0),
        Values::I32(values) => values.resize(count, 0),
        Values::F32(values) => values.resize(count, 0.0),
    }
}

/// An input is left out or has another name, or there is another one.
pub fn names() -> impl Strategy<Value = Fault> {
    prop_oneof![
        any::<Index>().prop_map(|of| Fault::LeftOut { of }),
        (any::<Index>(), name()).prop_map(|(of, name)| Fault::Renamed { of, name }),
        name().prop_map(|name| Fault::Added { name }),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let misspelled = (
        select(NAMES.to_vec()),
        any::<Index>(),
        select(vec!['_', 'x', 'I', ' ']),
    );
    let misspelled = misspelled.prop_map(|(name, at, letter)| {
        let mut letters: Vec<char> = name.chars().collect();
        *at.get_mut(&mut letters) = letter;
        letters.into_iter().collect::<String>()
    });
    // As far from the name as `nearest` looks, and a little farther.
    let exchanged = (select(NAMES.to_vec()), vec(any::<Index>(), 1..5));
    let exchanged = exchanged.prop_map(|(name, places)| {
        let mut letters: Vec<char> = name.chars().collect();
        for at in places {
            let at = at.index(letters.len() - 1);
            letters.swap(at, at + 1);
        }
        letters.into_iter().collect::<String>()
    });
    // As other tools write the name of an input.
    let part = |parts: &[&'static str]| select(parts.to_vec());
    let within = (
        part(&[
            "",
            "",
            "/",
            "bert/",
            "model.",
            "serving_default_",
            "x",
            "\u{feff}",
        ]),
        select(NAMES.to_vec()),
        part(&["", "", ":0", ".1", "/input", "_", "[0]", "\n"]),
    );
    let within = within.prop_map(|(before, name, after)| format!("{before}{name}{after}"));
    let others = [
        "token_type_ids",
        "input_id",
        "Input_Ids",
        "INPUT_IDS",
        "input-ids",
        "input_ids ",
        " input_ids",
        "input_ids\0x",
        "input_ids:0",
        "input_ids.1",
        "Attention_Mask",
        "attention-mask",
        "attention_mask ",
        "attention_mask\0",
        "attention_masks",
        "mask",
        "position_ids",
        "",
    ];
    let others = select(others.map(String::from).to_vec());
    let name = prop_oneof![2 => others, 2 => misspelled, 1 => exchanged, 1 => within];
    name.prop_filter("is the input itself", |name| {
        !NAMES.contains(&name.as_str())
    })
}

/// An input is given more than once.
pub fn repeated() -> impl Strategy<Value = Fault> {
    (any::<Index>(), any::<Index>(), any::<bool>()).prop_map(|(of, at, same)| Fault::Repeated {
        of,
        at,
        same,
    })
}

/// Values are of another type.
pub fn types() -> impl Strategy<Value = Fault> {
    (any::<Index>(), any::<bool>()).prop_map(|(of, float)| Fault::Typed { of, float })
}

/// A shape has another number of axes.
pub fn axes() -> impl Strategy<Value = Fault> {
    shaped(select(OF_OTHER_AXES.to_vec()), Just(true))
}

/// A shape of two axes is another one.
pub fn shapes() -> impl Strategy<Value = Fault> {
    shaped(select(OF_TWO_AXES.to_vec()), Just(true))
}

/// An axis is 0 long.
pub fn empty() -> impl Strategy<Value = Fault> {
    shaped(select(EMPTY.to_vec()), any::<bool>())
}

/// There are more values than places, or fewer.
pub fn filled() -> impl Strategy<Value = Fault> {
    let wraps = any::<usize>().prop_map(|odd| Shape::Wraps { odd: odd | 1 });
    let wide = select(vec![
        Shape::WrapsHalf,
        Shape::WrapsToNone,
        Shape::Huge,
        Shape::Layers,
    ]);
    prop_oneof![
        shaped(select(OF_TWO_AXES.to_vec()), Just(false)),
        shaped(prop_oneof![wraps, wide], Just(false)),
        (any::<Index>(), 0..40_usize).prop_map(|(of, values)| Fault::Counted { of, values }),
    ]
}

fn shaped(
    shape: impl Strategy<Value = Shape>,
    filled: impl Strategy<Value = bool>,
) -> impl Strategy<Value = Fault> {
    (any::<Index>(), shape, filled).prop_map(|(of, shape, filled)| Fault::Shaped {
        of,
        shape,
        filled,
    })
}

/// A value is out of range, or at an end of it.
pub fn values() -> impl Strategy<Value = Fault> {
    let value = select(vec![
        -1,
        2,
        7,
        -256,
        256,
        models::VOCABULARY as i64,
        1 << 32,
        (1 << 32) + 1,
        -(1 << 32),
        i64::from(i32::MIN),
        i64::MAX,
        i64::MIN,
    ]);
    let value = prop_oneof![
        3 => value.prop_map(Value::Of),
        1 => Just(Value::Vocabulary),
    ];
    (any::<Index>(), any::<Index>(), value).prop_map(|(of, at, value)| Fault::Valued {
        of,
        at,
        value,
    })
}

/// Any of the faults.
pub fn any_fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        names(),
        repeated(),
        types(),
        axes(),
        shapes(),
        empty(),
        filled(),
        values(),
    ]
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", in_words(&self.tensors))?;
        if self.vocabulary != models::VOCABULARY {
            write!(f, " for {}", checks::counted(self.vocabulary, "id", "ids"))?;
        }
        Ok(())
    }
}

/// Each tensor with its name, type, shape and values, of which only the first are written out.
pub fn in_words(request: &[Named]) -> String {
    let all = request.iter().map(
        |Named {
             name,
             shape,
             values,
         }| {
            let (element, values) = (
                values.element(),
                match values {
                    Values::I64(values) => shortened(values),
                    Values::I32(values) => shortened(values),
                    Values::F32(values) => shortened(values),
                },
            );
            let shape = shortened(shape);
            format!("`{}` {element} {shape} {values}", name.escape_debug())
        },
    );
    joined(all, ", ")
}

/// A list in words, of which only the first elements are written out.
pub fn joined(list: impl IntoIterator<Item = String>, between: &str) -> String {
    let mut list = list.into_iter();
    let mut shown: Vec<String> = list.by_ref().take(SHOWN).collect();
    match list.count() {
        0 if shown.is_empty() => return "nothing".into(),
        0 => {}
        more => shown.push(format!("and {more} more")),
    }
    shown.join(between)
}

const SHOWN: usize = 10;

/// A list, of which only the first elements are written out.
pub fn shortened<T: fmt::Debug>(list: &[T]) -> String {
    if list.len() <= SHOWN {
        return format!("{list:?}");
    }
    let shown: Vec<String> = list[..SHOWN]
        .iter()
        .map(|element| format!("{element:?}"))
        .collect();
    format!("[{}, and {} more]", shown.join(", "), list.len() - SHOWN)
}

/// `count` numbers that look drawn, always the same for a seed.
pub fn draws(seed: u64, count: usize) -> Vec<u64> {
    let mut state = seed;
    let mut draw = || {
        // SplitMix64
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    (0..count).map(|_| draw()).collect()
}

/// The request for these texts: padded on the right, with a mask.
pub fn of_texts(texts: &[Vec<i64>]) -> Vec<Named> {
    let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
    let padded = |row: &dyn Fn(&Vec<i64>) -> Vec<i64>| {
        let rows = texts.iter().map(|text| {
            let mut row = row(text);
            row.resize(longest, 0);
            row
        });
        rows.collect::<Vec<_>>().concat()
    };
    let shape = [texts.len(), longest];
    let mask = padded(&|text| vec![1; text.len()]);
    vec![
        int64(NAMES[0], &shape, padded(&Vec::clone)),
        int64(NAMES[1], &shape, mask),
    ]
}

/// Many tensors of other names, and after them these.
pub fn after_a_crowd(tensors: impl IntoIterator<Item = Named>) -> Vec<Named> {
    let others = (0..200).map(|number| int64(&format!("past_{number}"), &[1, 1], vec![0]));
    others.chain(tensors).collect()
}

/// A tensor of int64.
pub fn int64(name: &str, shape: &[usize], values: Vec<i64>) -> Named {
    Named {
        name: name.into(),
        shape: shape.to_vec(),
        values: Values::I64(values),
    }
}
