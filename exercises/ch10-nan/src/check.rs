use checks::Failure;

use crate::{Error, Hit, Ranking, rank, sample};

#[path = "check/call.rs"]
mod call;
#[path = "check/cases.rs"]
mod cases;
#[path = "check/model.rs"]
mod model;

use cases::{AHEAD, Draws, Search, draws, for_each, searches, spread, without_a_score};
use model::{judge_draws, judge_search};

// If the compiler points here, a public name or type of `lib.rs` has changed: keep them as shipped.
type Rank = fn(&[f32], &[Vec<f32>], usize) -> Result<Ranking, Error>;
const _: Rank = rank;
const _: fn(&[f32], f32, f32) -> Result<usize, Error> = sample;
const _: fn(usize, f32) -> Hit = |row, score| Hit { row, score };
const _: fn(Vec<Hit>, Vec<usize>) -> Ranking = |hits, left_out| Ranking { hits, left_out };

#[track_caller]
fn hold(judged: Result<(), Failure>) {
    if let Err(failure) = judged {
        failure.raise();
    }
}

#[track_caller]
fn expect_ranking(query: &[f32], documents: Vec<Vec<f32>>, limit: usize, why: &str) {
    let query = query.to_vec();
    let search = Search {
        query,
        documents,
        limit,
    };
    hold(judge_search(&search, why));
}

#[track_caller]
fn expect_draws(logits: &[f32], temperature: f32, count: u32, why: &str) {
    let draws = Draws {
        logits: logits.to_vec(),
        temperature,
        count,
    };
    hold(judge_draws(&draws, why));
}

#[test]
fn a_document_without_a_direction_is_left_out_wherever_it_stands() {
    let why = "it has no angle to the query: any score is made up, one that puts it last too";
    for (_, bad) in without_a_score() {
        for count in [4, 0, 19, 20, 49] {
            for place in [count / 2, 0, count] {
                let mut documents = spread(count);
                documents.insert(place, bad.clone());
                expect_ranking(&AHEAD, documents, 10, why);
            }
        }
    }
    // Each place among a few, one in each five among many, and all of them.
    for place in 0..12 {
        let mut documents = spread(11);
        documents.insert(place, vec![0.0; 4]);
        expect_ranking(&AHEAD, documents, usize::MAX, why);
    }
    let kinds = without_a_score();
    for count in 5..=100 {
        let mut documents = spread(count);
        for (at, document) in documents.iter_mut().enumerate() {
            if at % 5 == count % 5 {
                *document = kinds[at % kinds.len()].1.clone();
            }
        }
        expect_ranking(&AHEAD, documents, count / 2, why);
    }
    let all = kinds.map(|(_, bad)| bad).to_vec();
    expect_ranking(&AHEAD, all.clone(), 3, why);
    expect_ranking(
        &AHEAD,
        all,
        0,
        "what has no score is told whatever the limit is",
    );
}

#[test]
fn a_score_is_the_cosine_for_components_of_every_size() {
    let ordinary = "the cosine does not depend on how long the vectors are";
    let large = "1e30 squared is no f32: the norm is infinite, and the score 0 or NaN";
    let small =
        "1e-30 squared is 0 as an f32: the vector seems to have no direction, and it has one";
    let mixed = "one large component decides the direction, and the small ones are not NaN";
    let directions = [
        [1.0_f32, 0.0],
        [1.0, 1.0],
        [0.0, 1.0],
        [-1.0, 1.0],
        [-1.0, -0.0],
    ];
    for (size, why) in [
        (1.0, ordinary),
        (1e-3, ordinary),
        (1e19, large),
        (1e20, large),
        (1e30, large),
        (f32::MAX, large),
        (1e-19, small),
        (1e-23, small),
        (1e-30, small),
        (f32::MIN_POSITIVE, small),
        (1e-45, small),
    ] {
        let documents = directions.map(|[x, y]| vec![x * size, y * size]).to_vec();
        expect_ranking(&[0.6, 0.8], documents.clone(), 9, why);
        for query in &documents {
            expect_ranking(query, documents.clone(), 9, why);
        }
    }
    for query in [
        [f32::MAX, 1e-45],
        [1e-45, f32::MIN],
        [1.0, 1e20],
        [1e-30, 1.0],
    ] {
        let documents = [[1.0, 1.0], [1e30, 1e-30], [1e-45, f32::MAX], [-1.0, 0.0]];
        expect_ranking(&query, documents.map(Vec::from).to_vec(), 9, mixed);
    }
    for count in [1, 2, 7, 8, 9, 63, 65, 100, 999, 1_000] {
        let long = |turn: f32| -> Vec<f32> {
            (0..count)
                .map(|at| (at as f32 * turn).sin() + 0.2)
                .collect()
        };
        let documents = [0.01, 0.5, 1.3, -0.5].map(long).to_vec();
        expect_ranking(&documents[1], documents.clone(), 9, ordinary);
        let largest = [vec![f32::MAX; count], vec![f32::MIN; count]].to_vec();
        expect_ranking(&largest[0], largest.clone(), 9, large);
    }
}

#[test]
fn the_best_come_first_and_equal_ones_by_their_row() {
    let why =
        "the first hits are all that a reader sees, and the same search twice must not differ";
    let same = "where nothing tells two documents apart, their rows do";
    for count in [0, 1, 2, 5, 20, 21, 30, 50, 100] {
        for limit in [0, 1, 2, count / 2, count, count + 1, usize::MAX] {
            expect_ranking(&AHEAD, spread(count), limit, why);
        }
        // From the best score and the worst one outwards by less than an f32 tells apart, and by a little more.
        for step in [1e-5, 1e-3] {
            let close = (0..count)
                .rev()
                .map(|row| vec![1.0 - (row % 2 * 2) as f32, row as f32 * step])
                .collect();
            expect_ranking(&[1.0, 0.0], close, usize::MAX, why);
        }
        let alike: Vec<Vec<f32>> = (0..count)
            .map(|row| spread(3)[row * row % 3].clone())
            .collect();
        for limit in [count / 2 + 1, usize::MAX] {
            expect_ranking(&AHEAD, Vec::clone(&alike), limit, same);
        }
    }
    let worst = "a score of -1 is a score, and what has none is no hit, not even the last one";
    let opposite: Vec<f32> = AHEAD.iter().map(|x| -x).collect();
    let documents = vec![vec![0.0; 4], opposite, AHEAD.to_vec(), vec![f32::NAN; 4]];
    for limit in 0..5 {
        expect_ranking(&AHEAD, documents.clone(), limit, worst);
    }
}

#[test]
fn a_query_without_a_direction_is_an_error() {
    let why = "a query that is broken must not look like one that found something";
    for (_, query) in without_a_score() {
        for documents in [vec![], spread(5), vec![vec![0.0; 4]], vec![query.clone()]] {
            for limit in [3, 0] {
                expect_ranking(&query, documents.clone(), limit, why);
            }
        }
    }
    // Short ones that are not broken.
    for query in [vec![1.0], vec![0.0, -1e-45], vec![1.0, 2.0, 3.0]] {
        let documents = vec![query.clone(), vec![1.0; 4], vec![]];
        expect_ranking(
            &query,
            documents,
            3,
            "this query has a direction, and a document of its own dimension",
        );
    }
}

#[test]
fn a_temperature_of_0_gives_the_token_with_the_highest_logit() {
    let why = "0 is the limit of small temperatures: the likeliest token, every time";
    let masked = "what is masked is not the highest, and a row of large negative logits has a highest one, too";
    let inf = f32::INFINITY;
    for temperature in [0.0, -0.0] {
        for best in 0..7 {
            let mut logits = vec![0.3, -2.0, 0.9, 0.2, 0.1, -1.0, 0.8];
            logits[best] = 1.5;
            expect_draws(&logits, temperature, 20, why);
        }
        expect_draws(&[-5.0], temperature, 20, why);
        expect_draws(&[2.0, 1.0, 2.0, 2.0], temperature, 20, why);
        expect_draws(&[1.0, 1.0_f32.next_up(), 1.0], temperature, 20, why);
        expect_draws(&[0.0, 1e-45, -1e-45], temperature, 20, why);
        expect_draws(&[f32::MAX, f32::MIN, 0.0], temperature, 20, why);
        expect_draws(&[f32::MIN, f32::MIN.next_up()], temperature, 20, masked);
        expect_draws(&[-inf, -3e38, -inf], temperature, 20, masked);
        expect_draws(&[-inf, -7.0, -6.0, -inf], temperature, 20, masked);
    }
}

#[test]
fn a_token_is_drawn_as_often_as_its_probability_says() {
    let softmax = "these are the shares that the model was trained to give";
    let large = "exp(89) is more than an f32 holds: subtract the highest logit first";
    let small = "where all weights round to 0 their sum is 0, and 0 / 0 is NaN";
    let cold =
        "a logit divided by a tiny temperature is infinite, and infinity less infinity is NaN";
    let hot = "at a high temperature all tokens are about equally likely";
    let ln = f32::ln;
    for (logits, temperature, why) in [
        (vec![0.0, ln(2.0), ln(5.0)], 1.0, softmax),
        (vec![2.0, 1.0, 0.0, -1.0, -9.0], 0.7, softmax),
        (vec![3.0], 1.0, softmax),
        (vec![1_000.0, 1_001.0, 999.0], 1.0, large),
        (vec![20.0, 19.0, 0.0], 0.1, large),
        (vec![-1_000.0, -1_001.0], 1.0, small),
        (vec![-90_000.0, -90_001.0, -90_003.0], 1.0, small),
        (vec![f32::MAX, f32::MAX, 0.0, f32::MIN], 1.0, large),
        (vec![f32::MIN, f32::MIN], 1.0, small),
        (vec![1.0, 2.0, 2.0, 0.5], 1e-45, cold),
        (vec![-1.0, -2.0, -0.5], 1e-45, cold),
        (vec![0.0, 0.0], 1e-45, cold),
        (vec![1e-45, 3e-45, 0.0], 1e-45, cold),
        (vec![1.0, 1.0_f32.next_up()], 1e-7, cold),
        (vec![1.0, 2.0, 3.0], 1e-38, cold),
        (vec![1.0, 2.0, 3.0], 1e-3, cold),
        (vec![1.0, 2.0, -3.0], 1e30, hot),
        (vec![1e30, 0.0, -1e30], 1e30, hot),
        (vec![5.0, 1.0, 0.0], 50.0, hot),
    ] {
        expect_draws(&logits, temperature, 2_000, why);
    }
    expect_draws(&[0.0, ln(2.0), ln(5.0)], 1.0, 10_000, softmax);
    expect_draws(&[1.0; 7], 1.0, 10_000, softmax);

    // Shares that lie between all steps of a coarser draw, and one large share beside hundreds of small ones.
    expect_draws(&[0.0, -0.3, -0.7, 0.4, -1.1], 1.0, 10_000, softmax);
    expect_draws(&[0.0, 1.0, -7.0, -8.0], 1.0, 10_000, softmax);
    let together = "hundreds of unlikely tokens have a large share together";
    for (below, count) in [(-6.0, 300), (-8.5, 300), (-11.5, 1_000)] {
        let mut logits = vec![below; count];
        logits[count / 3] = 0.0;
        expect_draws(&logits, 1.0, 700, together);
    }
    expect_draws(&[1.0; 1_000], 1.0, 1_300, together);

    let many = "the share of one token in a thousand counts as that of one in three";
    let logits: Vec<f32> = (0..1_000).map(|token| (token % 7) as f32 + 3.0).collect();
    expect_draws(&logits, 0.9, 400, many);
}

#[test]
fn a_masked_token_is_never_drawn() {
    let why = "the tokens that are left share the draws of those that are masked";
    let inf = f32::INFINITY;
    for temperature in [0.0, 1e-45, 0.5, 1.0, 10.0, 1e30, 1e35, f32::MAX] {
        expect_draws(&[-inf, 1.0, -inf, 2.0, -inf], temperature, 500, why);
        expect_draws(&[-inf, -inf, -200.0], temperature, 500, why);
        expect_draws(&[0.0, -inf], temperature, 500, why);
    }
    // A mask is less than the smallest logit.
    for temperature in [0.0, 1.0, 1e30] {
        for logits in [
            [-inf, f32::MIN, -inf, f32::MIN],
            [-inf, f32::MIN, f32::MAX, -inf],
        ] {
            expect_draws(&logits, temperature, 50, why);
        }
    }
    // Sums that end a little below 1, or above it.
    for tokens in [3, 7, 10, 49, 99, 100, 300] {
        let mut logits: Vec<f32> = (0..tokens)
            .map(|token| (token as f32 * 0.7).sin())
            .collect();
        logits.push(-inf);
        expect_draws(&logits, 1.0, 50, why);
        logits.fill(-4.0);
        logits[tokens] = -inf;
        expect_draws(&logits, 1.0, 50, why);
    }
}

#[test]
fn what_has_no_distribution_is_an_error() {
    let (nan, inf) = (f32::NAN, f32::INFINITY);
    let broken =
        "a model that gives NaN is broken: token 0, or any other, would look like its answer";
    for temperature in [0.0, 1e-45, 1.0] {
        for place in 0..4 {
            for odd in [nan, -nan, inf] {
                let mut logits = vec![0.9, 0.5, 0.2, 0.1];
                logits[place] = odd;
                expect_draws(&logits, temperature, 1, broken);
                logits[(place + 1) % 4] = -inf;
                expect_draws(&logits, temperature, 1, broken);
            }
        }
        expect_draws(&[nan; 3], temperature, 1, broken);
        expect_draws(&[inf, -inf], temperature, 1, broken);
        let none = "no token is allowed, so none can be drawn";
        for count in [0, 1, 2, 30] {
            expect_draws(&vec![-inf; count], temperature, 1, none);
        }
    }
    let typo =
        "no temperature is less than 0, and NaN passes every guard that asks for what is wrong";
    for temperature in [nan, -nan, inf, -inf, -1.0, -1e-45, f32::MIN] {
        expect_draws(&[2.0, 1.0], temperature, 1, typo);
        expect_draws(&[1.0], temperature, 1, typo);
        expect_draws(&[], temperature, 1, typo);
        expect_draws(&[nan, 1.0], temperature, 1, typo);
    }
}

#[test]
fn every_search_is_answered_as_promised() {
    let why =
        "what is not a number is less than nothing, greater than nothing and equal to nothing";
    for_each(250, searches(), |search| {
        judge_search(search, why)?;
        // What was asked before changes nothing.
        judge_search(&search.with_a_query_of_zeros(), why)?;
        judge_search(&search.with_another_query(), why)
    });

    let many = "a store grows beyond every table, every small number type and every stack";
    let mut documents = vec![vec![0.0]; MANY];
    for (row, document) in documents.iter_mut().enumerate().rev().step_by(9_001) {
        *document = vec![row as f32 - 30_000.5];
    }
    expect_ranking(&[1.0], documents, usize::MAX, many);
    let found = (0..12_000)
        .map(|row| vec![(row % 5) as f32 - 1.5])
        .collect();
    expect_ranking(&[1.0], found, usize::MAX, many);
}

/// Documents and logits: more than 16 bits count, and no more than README.md promises.
const MANY: usize = 70_000;

#[test]
fn every_draw_is_as_promised() {
    let why = "a sampler that is wrong for some logits writes text that no model wrote";
    for_each(200, draws(), |draws| {
        judge_draws(draws, why)?;
        // What was asked before changes nothing.
        judge_draws(&draws.turned_round(), why)
    });

    let many = "a vocabulary grows beyond every table, every small number type and every stack";
    for count in [1_025, MANY] {
        let mut logits = vec![-5_000.0; count];
        logits[0] = f32::NEG_INFINITY;
        logits[count - 2] = 1.0;
        logits[count - 1] = f32::NEG_INFINITY;
        for temperature in [0.0, 1.0] {
            expect_draws(&logits, temperature, 1, many);
        }
    }
}

checks::earned!();
