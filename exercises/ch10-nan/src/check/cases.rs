//! What is asked of `rank` and `sample`: what a service sees, and what the promises allow beside it.

use std::fmt;

use checks::{Failure, counted};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// The arguments of `rank`.
#[derive(Debug, Clone)]
pub struct Search {
    pub query: Vec<f32>,
    pub documents: Vec<Vec<f32>>,
    pub limit: usize,
}

/// The first two arguments of `sample`, and how many evenly spaced draws are made with them.
#[derive(Debug, Clone)]
pub struct Draws {
    pub logits: Vec<f32>,
    pub temperature: f32,
    pub count: u32,
}

impl Search {
    /// With a query of the same dimension and the same start, which is another one from the second component on.
    pub fn with_another_query(&self) -> Search {
        let mut other = self.clone();
        if let Some((_, rest)) = other.query.split_first_mut() {
            rest.fill(0.5);
        }
        other
    }

    pub fn with_a_query_of_zeros(&self) -> Search {
        let mut other = self.clone();
        other.query.fill(0.0);
        other
    }
}

impl Draws {
    /// As many logits, the same highest one, the same temperature, and yet others.
    pub fn turned_round(&self) -> Draws {
        let mut other = self.clone();
        other.logits.reverse();
        other.count = 50;
        other
    }

    /// In the middle of each of `count` parts of what lies between 0 and 1.
    pub fn spaced(&self) -> impl Iterator<Item = f32> {
        let count = f64::from(self.count);
        (0..self.count).map(move |at| ((f64::from(at) + 0.5) / count) as f32)
    }

    /// From the least that may be drawn to the largest.
    pub fn at_the_ends() -> [f32; 5] {
        let below_1 = 1.0_f32.next_down();
        [0.0, 1e-45, f32::MIN_POSITIVE, below_1.next_down(), below_1]
    }
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        let (count, limit) = (self.documents.len(), self.limit);
        write!(f, "query {}, limit ", list(&self.query))?;
        match limit {
            usize::MAX => write!(f, "usize::MAX")?,
            limit => write!(f, "{limit}")?,
        }
        write!(f, ", {}", counted(count, "document", "documents"))?;
        for (row, document) in self.documents.iter().take(SHOWN).enumerate() {
            write!(f, "\n  row {row}: {}", list(document))?;
        }
        if count > SHOWN {
            write!(f, "\n  and {} more", count - SHOWN)?;
        }
        Ok(())
    }
}

impl fmt::Display for Draws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (logits, temperature) = (list(&self.logits), self.temperature);
        write!(f, "logits {logits}, temperature {temperature:?}")
    }
}

/// A list as it is written, cut off where it is long.
pub fn list<T: fmt::Debug>(items: &[T]) -> String {
    const SHOWN: usize = 12;
    match items.len() {
        0..=SHOWN => format!("{items:?}"),
        count => {
            let first = format!("{:?}", &items[..SHOWN]);
            format!("{}, .. {count} in all]", first.trim_end_matches(']'))
        }
    }
}

/// Each has no direction, or not the dimension of a query with four components.
pub fn without_a_score() -> [(&'static str, Vec<f32>); 13] {
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    [
        ("only zeros", vec![0.0; 4]),
        ("only zeros, of either sign", vec![-0.0, 0.0, -0.0, 0.0]),
        ("only NaN", vec![nan; 4]),
        ("NaN at the start", vec![nan, 0.5, 0.5, 0.5]),
        ("NaN at the end", vec![0.5, 0.5, 0.5, nan]),
        ("NaN with its sign set", vec![0.5, -nan, 0.5, 0.5]),
        ("infinity", vec![0.5, inf, 0.5, 0.5]),
        ("-infinity", vec![0.5, 0.5, -inf, 0.5]),
        ("infinity of both signs", vec![inf, -inf, 0.0, 0.0]),
        ("no components", vec![]),
        ("one component", vec![1.0]),
        ("a component too few", vec![0.9, 0.9, 0.9]),
        ("a component too many", vec![0.9, 0.9, 0.9, 0.9, 0.0]),
    ]
}

/// Directions with four components that differ, from near [`AHEAD`] to far from it, in no order.
pub fn spread(count: usize) -> Vec<Vec<f32>> {
    (0..count)
        .map(|row| {
            let turn = ((row * 37 + 11) % 101) as f32 / 101.0 * 3.0;
            let short = |x: f32| (x * 1_000.0).round() / 1_000.0;
            vec![short(turn.cos()), short(turn.sin()), 0.1, 0.0]
        })
        .collect()
}

/// A query for [`spread`].
pub const AHEAD: [f32; 4] = [1.0, 0.1, 0.1, 0.0];

/// A number of any size that an f32 has, and of either sign.
fn of_every_size() -> impl Strategy<Value = f32> {
    (1.0..2.0_f32, -149..128_i32, any::<bool>()).prop_map(|(digits, exponent, is_negative)| {
        let size = (f64::from(digits) * 2_f64.powi(exponent)) as f32;
        if is_negative { -size } else { size }
    })
}

fn component() -> impl Strategy<Value = f32> {
    prop_oneof![
        12 => -1.0..1.0_f32,
        3 => (-2..=2_i8).prop_map(f32::from),
        2 => of_every_size(),
        1 => prop_oneof![Just(f32::MAX), Just(f32::MIN), Just(1e-45), Just(-0.0)],
    ]
}

/// Vectors that have a direction, nearly all of them: of one size or of several.
fn finite_vector(dimension: usize) -> impl Strategy<Value = Vec<f32>> {
    let sizes = proptest::collection::vec(component(), dimension);
    let one_size = (
        proptest::collection::vec(-1.0..1.0_f32, dimension),
        of_every_size(),
    )
        .prop_map(|(components, size)| components.iter().map(|x| x * size).collect());
    let small = proptest::collection::vec((-1..=1_i8).prop_map(f32::from), dimension);
    prop_oneof![3 => sizes, 1 => one_size, 2 => small]
}

fn any_vector(dimension: usize) -> impl Strategy<Value = Vec<f32>> {
    let odd = prop_oneof![
        2 => Just(f32::NAN),
        1 => Just(-f32::NAN),
        1 => Just(f32::INFINITY),
        1 => Just(f32::NEG_INFINITY),
    ];
    let not_finite =
        (finite_vector(dimension), odd, any::<usize>()).prop_map(move |(mut vector, odd, at)| {
            if dimension > 0 {
                vector[at % dimension] = odd;
            }
            vector
        });
    let other_dimension = (0..dimension + 3).prop_flat_map(finite_vector);
    prop_oneof![
        12 => finite_vector(dimension),
        1 => Just(vec![0.0; dimension]),
        2 => not_finite,
        1 => other_dimension,
    ]
}

/// Whatever the promises allow. One query in twelve has no direction, or so: it would hide the documents.
pub fn searches() -> impl Strategy<Value = Search> {
    let dimension = prop_oneof![12 => 1..6_usize, 1 => 6..80_usize, 1 => Just(0_usize)];
    dimension
        .prop_flat_map(|dimension| {
            let query = prop_oneof![
                12 => finite_vector(dimension),
                1 => any_vector(dimension),
            ];
            let count = prop_oneof![0..6_usize, 6..50_usize];
            // Some documents are another one once more.
            let places = proptest::collection::vec((any::<usize>(), 0..4_u8), 0..30);
            (
                query,
                count.prop_flat_map(move |count| {
                    proptest::collection::vec(any_vector(dimension), count)
                }),
                places,
                prop_oneof![3 => Just(usize::MAX), 3 => 0..60_usize, 1 => Just(1_usize)],
            )
        })
        .prop_map(|(query, mut documents, places, limit)| {
            if !documents.is_empty() {
                for (at, kind) in places {
                    if kind == 0 {
                        let again = documents[at % documents.len()].clone();
                        documents.push(again);
                    }
                }
            }
            Search {
                query,
                documents,
                limit,
            }
        })
}

fn temperature() -> impl Strategy<Value = f32> {
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    prop_oneof![
        6 => 0.1..2.0_f32,
        2 => of_every_size().prop_map(|size| size.abs().min(1e30)),
        2 => prop_oneof![Just(0.0_f32), Just(-0.0_f32)],
        2 => prop_oneof![Just(1e-45_f32), Just(1e-38_f32), Just(1e30_f32)],
        1 => prop_oneof![Just(nan), Just(inf), Just(-inf), Just(-1.0_f32), Just(-1e-45_f32)],
        1 => prop_oneof![Just(1e38_f32), Just(f32::MAX)],
    ]
}

fn logits() -> impl Strategy<Value = Vec<f32>> {
    let one = prop_oneof![
        8 => -5.0..5.0_f32,
        2 => (-1..=1_i8).prop_map(f32::from),
        2 => Just(f32::NEG_INFINITY),
        1 => -2_000.0..2_000.0_f32,
        1 => of_every_size(),
        1 => prop_oneof![Just(f32::MAX), Just(f32::MIN)],
    ];
    let most = proptest::collection::vec(one, 0..30);
    let far = (
        proptest::collection::vec(-3.0..3.0_f32, 1..30),
        -1e5..1e5_f32,
    )
        .prop_map(|(logits, by)| logits.iter().map(|logit| logit + by).collect::<Vec<f32>>());
    let masked = (0..10_usize).prop_map(|count| vec![f32::NEG_INFINITY; count]);
    let odd = prop_oneof![Just(f32::NAN), Just(-f32::NAN), Just(f32::INFINITY)];
    let refused = (
        proptest::collection::vec(-5.0..5.0_f32, 1..30),
        odd,
        any::<usize>(),
    )
        .prop_map(|(mut logits, odd, at)| {
            let at = at % logits.len();
            logits[at] = odd;
            logits
        });
    prop_oneof![6 => most, 3 => far, 1 => masked, 1 => refused]
}

/// Whatever the promises allow.
pub fn draws() -> impl Strategy<Value = Draws> {
    (logits(), temperature()).prop_map(|(logits, temperature)| Draws {
        logits,
        temperature,
        count: 250,
    })
}

/// The same cases in every run, so that a verdict does not change without a change of the code. The first that fails
/// is told after it has been made as small as it still fails.
#[track_caller]
pub fn for_each<T: fmt::Debug>(
    count: u32,
    cases: impl Strategy<Value = T>,
    check: impl Fn(&T) -> Result<(), Failure>,
) {
    const SEED: u8 = 10;
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[SEED; 32]);
    let mut runner = TestRunner::new_with_rng(config, random);
    let ran = runner.run(&cases, |case| {
        check(&case).map_err(|failure| TestCaseError::fail(failure.seen))
    });
    if let Err(TestError::Fail(reason, smallest)) = ran {
        let mut failure = check(&smallest).err().unwrap_or_else(|| {
            let why = "the same arguments must have the same answer, whatever was asked before";
            Failure::new(reason.to_string(), "what it is now", why)
        });
        failure.why += &format!(
            "\n(of {count} cases from seed {SEED}, the first that fails, made as small as it still does)"
        );
        failure.raise();
    }
}
