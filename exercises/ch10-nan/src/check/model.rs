//! What the promises in README.md make of a search and of draws, and what they say of an answer to them.

use checks::{Failure, counted};

use super::call::{NO_PANIC, call_rank, call_sample};
use super::cases::{Draws, Search, list};
use crate::{Error, Hit, Ranking};

/// How far a score may be from the exact cosine.
const SCORE_SLACK: f64 = 0.0001;

/// How many draws a token may have more or less than its probability says.
const DRAW_SLACK: f64 = 3.0;

/// Above it, a finite temperature may be refused.
const LARGEST_TEMPERATURE: f32 = 1e30;

fn has_direction(vector: &[f32]) -> bool {
    vector.iter().all(|x| x.is_finite()) && vector.iter().any(|&x| x != 0.0)
}

/// The exact cosine, to within the rounding of an f64, where no square of an f32 is too large or too small.
/// `None` where the document has no score.
fn exact_cosine(query: &[f32], document: &[f32]) -> Option<f64> {
    if query.len() != document.len() || !has_direction(document) {
        return None;
    }
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        let products = a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y));
        products.sum()
    };
    let norms = dot(query, query).sqrt() * dot(document, document).sqrt();
    Some(dot(query, document) / norms)
}

/// What the promises say of the answer to `search`, whatever it is.
pub fn judge_search(search: &Search, why: &str) -> Result<(), Failure> {
    let answer = call_rank(search)?;
    if !has_direction(&search.query) {
        if answer == Err(Error::Query) {
            return Ok(());
        }
        let seen = format!("{}, for {search}", shown(&answer));
        let why = "with such a query no document has a score, and any order is a made-up one";
        return Err(Failure::new(seen, "Err(Error::Query)", why).of_promise(5));
    }
    let ranking = answer.map_err(|error| {
        let seen = format!("Err(Error::{error:?}), for {search}");
        let why = "the query has a direction: it is not the documents' fault, nor the query's";
        Failure::new(seen, "a ranking", why).of_promise(5)
    })?;
    judge_left_out(search, &ranking, why)?;
    judge_hits(search, &ranking, why)?;
    judge_length(search, &ranking)?;
    judge_without_the_others(search, &ranking)?;
    judge_again(search, &ranking)
}

fn judge_left_out(search: &Search, ranking: &Ranking, why: &str) -> Result<(), Failure> {
    let score = |row: &usize| exact_cosine(&search.query, &search.documents[*row]);
    let rows = 0..search.documents.len();
    let expected: Vec<usize> = rows.filter(|row| score(row).is_none()).collect();
    // A hit without a score is the worse of two mistakes: it is told first.
    if let Some(&Hit { row, score }) = (ranking.hits.iter())
        .find(|hit| hit.row < search.documents.len() && score(&hit.row).is_none())
    {
        let document = list(&search.documents[row]);
        // Not where it stands among them: for NaN that depends on its sign, which no one promises.
        let seen = format!("row {row}, {document}, is a hit with score {score:?}, for {search}");
        let expected = format!("left_out: {}, and no hit for row {row}", list(&expected));
        return Err(Failure::new(seen, expected, why).of_promise(1));
    }
    let of_a_score = (ranking.left_out.iter().copied())
        .filter(|&row| row < search.documents.len())
        .find_map(|row| Some((row, score(&row)?)));
    if let Some((row, score)) = of_a_score {
        let document = list(&search.documents[row]);
        let seen = format!(
            "left_out: {}, with row {row}, {document}, for {search}",
            list(&ranking.left_out)
        );
        let expected = format!("a hit with score {score:.6} for row {row}");
        let why = "all its components are finite, not all of them are 0, and it is as long as the query: it has an angle to it";
        return Err(Failure::new(seen, expected, why).of_promise(1));
    }
    if ranking.left_out != expected {
        let (seen, expected) = (list(&ranking.left_out), list(&expected));
        let seen = format!("left_out: {seen}, for {search}");
        return Err(Failure::new(seen, format!("left_out: {expected}"), why).of_promise(3));
    }
    Ok(())
}

fn judge_hits(search: &Search, ranking: &Ranking, why: &str) -> Result<(), Failure> {
    let mut found = vec![false; search.documents.len()];
    for &Hit { row, score } in &ranking.hits {
        if row >= search.documents.len() || std::mem::replace(&mut found[row], true) {
            let seen = format!("row {row} in hits {}, for {search}", list(&ranking.hits));
            let why = "a hit is one of the documents, and none is found twice";
            return Err(Failure::new(seen, "each row once", why).of_promise(2));
        }
        let document = &search.documents[row];
        // `judge_left_out` came before.
        let exact = exact_cosine(&search.query, document).unwrap_or(f64::NAN);
        // False for NaN, too.
        let is_close = (f64::from(score) - exact).abs() <= SCORE_SLACK;
        if !is_close {
            let (query, document) = (list(&search.query), list(document));
            let seen = format!("score {score:?} for row {row}, {document}, and query {query}");
            let expected = format!("{exact:.6}, to within 0.0001");
            return Err(Failure::new(seen, expected, why).of_promise(1));
        }
    }
    for pair in ranking.hits.windows(2) {
        let [first, second] = [pair[0], pair[1]];
        let is_by_row = first.score == second.score && first.row < second.row;
        // 0.0 and -0.0 are equal, and in any order.
        let is_zero = first.score == 0.0 && second.score == 0.0;
        if !(first.score > second.score || is_by_row || is_zero) {
            let seen = format!("{first:?} before {second:?}, for {search}");
            let expected = "the higher score first, and the lower row first where two are equal";
            return Err(Failure::new(seen, expected, why).of_promise(2));
        }
    }
    Ok(())
}

fn judge_length(search: &Search, ranking: &Ranking) -> Result<(), Failure> {
    let scored = search.documents.len() - ranking.left_out.len();
    let (seen, expected) = (ranking.hits.len(), scored.min(search.limit));
    let why = "the limit is for the hits, and documents without a score take no place among them";
    if seen != expected {
        let seen = format!("{}, for {search}", counted(seen, "hit", "hits"));
        return Err(Failure::new(seen, format!("{expected}"), why).of_promise(2));
    }
    if search.limit >= scored {
        return Ok(());
    }
    let all = Search {
        limit: search.documents.len(),
        ..search.clone()
    };
    let all = call_rank(&all)?.map(|all| all.hits);
    if all.as_ref().ok().and_then(|all| all.get(..expected)) != Some(&ranking.hits[..]) {
        let seen = format!("hits {}, for {search}", list(&ranking.hits));
        let expected = format!("the first of {all:?}, which a limit for all of them gives");
        let why = "a limit cuts the list off: it does not make another one";
        return Err(Failure::new(seen, expected, why).of_promise(2));
    }
    Ok(())
}

/// The same search in a store that never had the documents without a score.
fn judge_without_the_others(search: &Search, ranking: &Ranking) -> Result<(), Failure> {
    if ranking.left_out.is_empty() {
        return Ok(());
    }
    let rows: Vec<usize> = (0..search.documents.len())
        .filter(|row| ranking.left_out.binary_search(row).is_err())
        .collect();
    let clean = Search {
        documents: rows
            .iter()
            .map(|&row| search.documents[row].clone())
            .collect(),
        ..search.clone()
    };
    let expected = call_rank(&clean)?.map(|clean| {
        let hits = clean.hits.iter().map(|hit| Hit {
            row: rows.get(hit.row).copied().unwrap_or(usize::MAX),
            ..*hit
        });
        hits.collect::<Vec<Hit>>()
    });
    if expected.as_ref() == Ok(&ranking.hits) {
        return Ok(());
    }
    let seen = format!("hits {}, for {search}", list(&ranking.hits));
    let expected = format!(
        "{expected:?}, as without the rows {}",
        list(&ranking.left_out)
    );
    let why = "a document without a score must not move the others";
    Err(Failure::new(seen, expected, why).of_promise(4))
}

fn judge_again(search: &Search, ranking: &Ranking) -> Result<(), Failure> {
    let again = call_rank(search)?;
    if again.as_ref() == Ok(ranking) {
        return Ok(());
    }
    let seen = format!("{again:?}, after {ranking:?}, for {search}");
    let why = "the same query over the same documents was asked twice";
    Err(Failure::new(seen, "the same answer", why).of_promise(NO_PANIC))
}

fn shown(answer: &Result<Ranking, Error>) -> String {
    match answer {
        Err(error) => format!("Err(Error::{error:?})"),
        Ok(ranking) => {
            let left_out = &ranking.left_out;
            let hits = counted(ranking.hits.len(), "hit", "hits");
            match ranking.hits.first() {
                Some(Hit { row, score }) => {
                    format!("{hits}, the best is row {row} with score {score:?}")
                }
                None => format!("no hits, left_out {left_out:?}"),
            }
        }
    }
}

/// What is to be expected of draws.
enum Expected {
    /// One of these errors.
    Refused(Vec<Error>),
    /// As many as there are logits.
    Probabilities(Vec<f64>),
}

fn expected(draws: &Draws) -> Expected {
    let Draws {
        logits,
        temperature,
        ..
    } = draws;
    let mut errors = Vec::new();
    if !(temperature.is_finite() && *temperature >= 0.0) {
        errors.push(Error::Temperature);
    }
    if logits
        .iter()
        .any(|logit| logit.is_nan() || *logit == f32::INFINITY)
    {
        errors.push(Error::Logit);
    }
    if logits.iter().all(|logit| *logit == f32::NEG_INFINITY) {
        errors.push(Error::NoToken);
    }
    if !errors.is_empty() {
        return Expected::Refused(errors);
    }
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f64> = logits
        .iter()
        .map(|&logit| match *temperature {
            0.0 => f64::from(logit == highest),
            temperature => {
                let distance = f64::from(logit) - f64::from(highest);
                (distance / f64::from(temperature)).exp()
            }
        })
        .collect();
    let sum: f64 = weights.iter().sum();
    Expected::Probabilities(weights.iter().map(|weight| weight / sum).collect())
}

/// What the promises say of the answers to `draws`, whatever they are.
pub fn judge_draws(draws: &Draws, why: &str) -> Result<(), Failure> {
    match expected(draws) {
        Expected::Refused(errors) => judge_refusal(draws, &errors, why),
        Expected::Probabilities(probabilities) => judge_shares(draws, &probabilities, why),
    }
}

fn judge_refusal(draws: &Draws, errors: &[Error], why: &str) -> Result<(), Failure> {
    for draw in Draws::at_the_ends().into_iter().chain([0.25, 0.5, 0.75]) {
        let answer = call_sample(draws, draw)?;
        if !answer.is_err_and(|error| errors.contains(&error)) {
            let seen = format!("{answer:?} for draw {draw:?}, {draws}");
            let names: Vec<String> = errors.iter().map(|e| format!("Error::{e:?}")).collect();
            let expected = format!("Err({})", names.join(" or "));
            return Err(Failure::new(seen, expected, why).of_promise(9));
        }
    }
    Ok(())
}

fn judge_shares(draws: &Draws, probabilities: &[f64], why: &str) -> Result<(), Failure> {
    let Draws {
        logits,
        temperature,
        count,
    } = draws;
    let of_promise = if *temperature == 0.0 { 6 } else { 7 };
    let mut counts = vec![0_u32; logits.len()];
    for (at, draw) in draws.spaced().chain(Draws::at_the_ends()).enumerate() {
        let token = match call_sample(draws, draw)? {
            Ok(token) => token,
            Err(Error::Temperature) if *temperature > LARGEST_TEMPERATURE => continue,
            Err(error) => {
                let seen = format!("Err(Error::{error:?}) for draw {draw:?}, {draws}");
                return Err(Failure::new(seen, "a token", why).of_promise(of_promise));
            }
        };
        match logits.get(token) {
            None => {
                let seen = format!("token {token} for draw {draw:?}, {draws}");
                let expected = format!("less than {}", logits.len());
                return Err(Failure::new(seen, expected, why).of_promise(of_promise));
            }
            Some(&f32::NEG_INFINITY) => {
                let seen = format!("token {token} for draw {draw:?}, {draws}");
                let expected = format!("not {token}: its logit is -infinity");
                let why =
                    "a mask must hold for every draw: what it forbids is forbidden for a reason";
                return Err(Failure::new(seen, expected, why).of_promise(8));
            }
            Some(_) if *temperature == 0.0 && probabilities[token] == 0.0 => {
                let seen = format!("token {token} for draw {draw:?}, {draws}");
                let expected = "a token with the highest logit";
                return Err(Failure::new(seen, expected, why).of_promise(6));
            }
            Some(_) => counts[token] += u32::from((at as u64) < u64::from(*count)),
        }
        if at % 16 == 0 && call_sample(draws, draw)? != Ok(token) {
            let seen =
                format!("another token than {token} the second time, draw {draw:?}, {draws}");
            let why = "chance comes in by `draw` alone";
            return Err(Failure::new(seen, "the same token", why).of_promise(NO_PANIC));
        }
    }
    // Of several likeliest tokens any will do.
    if *temperature == 0.0 || *temperature > LARGEST_TEMPERATURE {
        return Ok(());
    }
    for (token, (&seen, probability)) in counts.iter().zip(probabilities).enumerate() {
        let fair = probability * f64::from(*count);
        if (f64::from(seen) - fair).abs() > DRAW_SLACK {
            let seen = format!("token {token} for {seen} of {count} draws, {draws}");
            let expected = format!("{fair:.1} of them, to within 3");
            return Err(Failure::new(seen, expected, why).of_promise(7));
        }
    }
    Ok(())
}
