//! What an embedder is to answer and what its encoder is to be given, and whether it was so.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use checks::{Failure, counted};

use super::blame::blame;
use super::toy::{Noise, Runs, Toy, Weights, error_of};
use crate::encoder::{Batch, EncoderError};
use crate::{Embedder, Embedding, Settings, Side};

/// Calls of one embedder, one after the other.
#[derive(Debug, Clone)]
pub struct Scene {
    pub settings: Settings,
    pub weights: Weights,
    pub noise: Noise,
    /// The texts of each call.
    pub calls: Vec<Vec<Vec<i64>>>,
    /// The calls in which the encoder fails, if it runs.
    pub fails: Vec<usize>,
}

/// What came of a call: the answer, or what a panic said.
pub struct Played {
    pub answer: Result<Result<Vec<Embedding>, EncoderError>, String>,
    pub runs: Vec<Batch>,
}

/// The ids and the mask of a text.
type Row = (Vec<i64>, Vec<i64>);

pub type Judged = Result<(), Box<Failure>>;

impl Scene {
    /// One call, with padding of 0 on the right.
    pub fn of(texts: &[&[i64]]) -> Scene {
        Scene {
            settings: Settings {
                max_tokens: 512,
                pad_id: 0,
                side: Side::Right,
            },
            weights: Weights {
                dim: 3,
                scale: 1.0,
                seed: 0,
            },
            noise: Noise::Finite,
            calls: vec![texts.iter().map(|text| text.to_vec()).collect()],
            fails: vec![],
        }
    }

    pub fn play(&self) -> Vec<Played> {
        let runs = Runs::default();
        let mut played = Vec::new();
        // Which of the calls make a run is promised: so it is known which run is to fail.
        let running = self.calls.iter().enumerate();
        let running = running.filter(|(_, texts)| self.longest(texts) > 0);
        let fails = running
            .enumerate()
            .filter(|(_, (call, _))| self.fails.contains(call))
            .map(|(run, _)| run)
            .collect();
        let toy = Toy {
            weights: self.weights,
            noise: self.noise,
            runs: Runs::clone(&runs),
            fails,
        };
        let mut before = 0;
        let mut embedder = Embedder::new(toy, self.settings);
        for texts in &self.calls {
            let answer = catch_unwind(AssertUnwindSafe(|| embedder.embed(texts)))
                .map_err(|panic| checks::panic_text(&*panic).unwrap_or("no words").to_owned());
            let is_over = answer.is_err();
            let after = runs.borrow().len();
            played.push(Played {
                answer,
                runs: runs.borrow()[before..after].to_vec(),
            });
            before = after;
            if is_over {
                break;
            }
        }
        drop(embedder);
        // The encoder runs for no other reason than a call.
        if let Some(last) = played.last_mut() {
            last.runs.extend_from_slice(&runs.borrow()[before..]);
        }
        played
    }

    pub fn cut<'t>(&self, text: &'t [i64]) -> &'t [i64] {
        &text[..text.len().min(self.settings.max_tokens)]
    }

    pub fn longest(&self, texts: &[Vec<i64>]) -> usize {
        let lengths = texts.iter().map(|text| self.cut(text).len());
        lengths.max().unwrap_or(0)
    }

    /// Whether the answers are as promised.
    pub fn answers_hold(&self) -> Judged {
        self.each(|scene, call, played| scene.answer_holds(call, played))
    }

    /// Whether the runs are as promised.
    pub fn runs_hold(&self) -> Judged {
        self.each(|scene, call, played| scene.run_holds(call, played))
    }

    /// Whether all is as promised.
    pub fn holds(&self) -> Judged {
        self.each(|scene, call, played| {
            scene.answer_holds(call, played)?;
            scene.run_holds(call, played)
        })
    }

    fn each(&self, holds: impl Fn(&Scene, usize, &Played) -> Judged) -> Judged {
        let played = self.play();
        for (call, played) in played.iter().enumerate() {
            holds(self, call, played).map_err(|failure| {
                let mut failure = blame(self, call, played, *failure, &holds);
                failure.seen = format!("{}\nfor {}", failure.seen, self.told(call));
                Box::new(failure)
            })?;
        }
        Ok(())
    }

    /// Where the failure was seen.
    fn told(&self, call: usize) -> String {
        let Settings {
            max_tokens,
            pad_id,
            side,
        } = self.settings;
        let texts: Vec<String> = self.calls[call].iter().map(|text| told_ids(text)).collect();
        let texts = match texts.len() {
            0..=8 => texts.join(", "),
            count => format!("{}, ... ({count} texts)", texts[..8].join(", ")),
        };
        let which = match self.calls.len() {
            1 => String::new(),
            calls => format!("call {} of {calls}, ", call + 1),
        };
        format!(
            "{which}max_tokens {max_tokens}, pad_id {pad_id}, side {side:?}; the texts: {}",
            if texts.is_empty() { "none" } else { &texts }
        )
    }

    fn answer_holds(&self, call: usize, played: &Played) -> Judged {
        let texts = &self.calls[call];
        let runs = self.longest(texts) > 0;
        let failing = self.fails.contains(&call) && runs && !played.runs.is_empty();
        let answers = match &played.answer {
            Err(panic) if runs => {
                return broken(
                    10,
                    format!("embed panics: {panic}"),
                    "an answer for each text",
                    "a panic takes the other texts of the batch with it",
                );
            }
            Err(panic) => {
                return broken(
                    6,
                    format!("embed panics: {panic}"),
                    format!(
                        "None for each of {}, without a run",
                        counted(texts.len(), "text", "texts")
                    ),
                    "a batch without a token has no longest text: there is nothing to run",
                );
            }
            Ok(Err(_)) if failing && self.is_its_error(call, played) => return Ok(()),
            Ok(answer) if failing => {
                let seen = match answer {
                    Ok(_) => "the encoder failed, and embed gave an answer".to_owned(),
                    Err(EncoderError(words)) => format!("embed tells another error: {words:?}"),
                };
                let EncoderError(words) = self.error_of(call);
                return broken(
                    10,
                    seen,
                    format!("the encoder's own: {words:?}"),
                    "an error that is hidden or reworded is looked for in the wrong place",
                );
            }
            Ok(Err(error)) => {
                if !played.runs.is_empty() {
                    self.run_holds(call, played)?;
                }
                return open(
                    format!("embed gives an error: {error}"),
                    "an answer for each text",
                    "the encoder had no reason to fail",
                );
            }
            Ok(Ok(answers)) => answers,
        };
        if answers.len() != texts.len() {
            return broken(
                1,
                told_counts(texts.len(), answers.len()),
                "one for each",
                "the caller finds the vector of a text at the text's own place",
            );
        }
        let places = 0..texts.len();
        places
            .zip(texts)
            .zip(answers)
            .try_for_each(|((place, text), answer)| {
                self.embedding_holds(texts, place, self.cut(text), answer)
                    .map_err(|failure| {
                        if self.all_are_there(texts, answers) {
                            in_another_order(*failure)
                        } else {
                            failure
                        }
                    })
            })
    }

    /// Whether each text has its vector at some place, if not at its own.
    fn all_are_there(&self, texts: &[Vec<i64>], answers: &[Embedding]) -> bool {
        let missing = answers.iter().filter(|answer| answer.is_none()).count();
        let empty = texts.iter().filter(|text| self.cut(text).is_empty());
        missing == empty.count()
            && texts.iter().all(|text| {
                let tokens = self.cut(text);
                let near =
                    |mean: &Mean| answers.iter().flatten().any(|vector| mean.is_near(vector));
                tokens.is_empty() || near(&self.mean(tokens))
            })
    }

    fn mean(&self, tokens: &[i64]) -> Mean {
        Mean::of(&self.weights.rows(tokens))
    }

    fn is_its_error(&self, call: usize, played: &Played) -> bool {
        matches!(&played.answer, Ok(Err(error)) if *error == self.error_of(call))
    }

    /// What the encoder says in this call, if it fails in it.
    fn error_of(&self, call: usize) -> EncoderError {
        let before = self.calls[..call].iter();
        error_of(before.filter(|texts| self.longest(texts) > 0).count())
    }

    fn embedding_holds(
        &self,
        texts: &[Vec<i64>],
        place: usize,
        tokens: &[i64],
        answer: &Embedding,
    ) -> Judged {
        let whose = match texts.len() {
            1 => "the text".to_owned(),
            count => format!("text {} of {count}", place + 1),
        };
        if tokens.is_empty() {
            let Some(vector) = answer else { return Ok(()) };
            return broken(
                if self.settings.max_tokens == 0 { 5 } else { 4 },
                format!("{whose} has no tokens, and has the vector {}", told(vector)),
                "None",
                "no tokens have no mean: zeros and NaN look like a vector, and are compared, stored and found as one",
            );
        }
        let mean = self.mean(tokens);
        let Some(vector) = answer else {
            return open(
                format!("{whose} has tokens, and no vector"),
                told64(&mean.numbers),
                "a text without a vector is never found",
            );
        };
        let dim = self.weights.dim;
        if vector.len() != dim {
            return broken(
                1,
                format!(
                    "{whose} has a vector of {}",
                    counted(vector.len(), "number", "numbers")
                ),
                format!("{dim}, as the encoder gives a token"),
                "vectors of two lengths cannot be compared",
            );
        }
        if mean.is_near(vector) {
            return Ok(());
        }
        let which = if tokens.len() < texts[place].len() {
            "the mean of its first tokens"
        } else if texts.len() > 1 || self.calls.len() > 1 {
            "as alone"
        } else {
            "the mean of all its tokens"
        };
        open(
            format!("{whose} has the vector {}", told(vector)),
            format!("{}, {which}", told64(&mean.numbers)),
            "each token of the text counts alike, and nothing else does",
        )
    }

    pub fn run_holds(&self, call: usize, played: &Played) -> Judged {
        let texts = &self.calls[call];
        let seq = self.longest(texts);
        let batch = match (&played.runs[..], seq) {
            ([], 0) => return Ok(()),
            ([batch], 1..) => batch,
            ([], _) => {
                return open(
                    "the encoder did not run",
                    "one run",
                    "there are tokens, and only the encoder knows their rows",
                );
            }
            (runs, 0) => {
                return broken(
                    6,
                    format!("the encoder ran, with a batch of {:?}", runs[0].shape),
                    "no run: no text has tokens",
                    "some runtimes abort the process on an empty axis, and a batch of padding is work for nothing",
                );
            }
            (runs, _) => {
                return broken(
                    6,
                    format!("the encoder ran {}", counted(runs.len(), "time", "times")),
                    "once",
                    "a batch is there so that all of its texts share one run",
                );
            }
        };
        let full: Vec<&[i64]> = texts.iter().map(|text| self.cut(text)).collect();
        let full: Vec<&[i64]> = full.into_iter().filter(|text| !text.is_empty()).collect();
        let empty = texts.len() - full.len();
        let [rows, width] = batch.shape;
        let places = rows.checked_mul(width);
        if places != Some(batch.ids.len()) || places != Some(batch.mask.len()) {
            return broken(
                7,
                format!(
                    "the batch is {:?}, with {} ids and a mask of {}",
                    batch.shape,
                    batch.ids.len(),
                    batch.mask.len()
                ),
                "as many of both as the shape has places",
                "the shape is all that says where a row ends",
            );
        }
        if width != seq {
            return broken(
                7,
                format!("the rows of the batch are {width} wide"),
                format!("{seq}, as the longest text of the call"),
                "padding costs as much as text, and in the attention its width counts twice; a narrower row has lost tokens",
            );
        }
        if rows < full.len() || rows > texts.len() {
            let or_more = if empty > 0 {
                format!(" to {}", texts.len())
            } else {
                String::new()
            };
            return broken(
                7,
                format!("the batch has {}", counted(rows, "row", "rows")),
                format!("{}{or_more}, one for each text with tokens", full.len()),
                "a text without a row of its own has no rows to take the mean of",
            );
        }
        self.rows_hold(batch, &full, empty)
    }

    /// Whether each text has its row, and all other rows are padding.
    fn rows_hold(&self, batch: &Batch, full: &[&[i64]], mut empty: usize) -> Judged {
        let seq = batch.shape[1];
        let wanted: Vec<Row> = full.iter().map(|text| self.row_of(text, seq)).collect();
        let mut missing: HashMap<&Row, usize> = HashMap::new();
        for row in &wanted {
            *missing.entry(row).or_default() += 1;
        }
        let padding = self.row_of(&[], seq);
        let masks = batch.mask.chunks_exact(seq);
        let rows = batch.ids.chunks_exact(seq).zip(masks);
        for row in rows.map(|(ids, mask)| (ids.to_vec(), mask.to_vec())) {
            let (ids, mask) = &row;
            if let Some(count @ 1..) = missing.get_mut(&row) {
                *count -= 1;
                continue;
            }
            if row == padding && empty > 0 {
                empty -= 1;
                continue;
            }
            let mut left = wanted.iter().filter(|row| missing[row] > 0);
            if let Some((_, right)) = left.clone().find(|row| row.0 == *ids) {
                return broken(
                    8,
                    format!("the row {} has the mask {}", told_ids(ids), told_ids(mask)),
                    told_ids(right),
                    "each token attends to what the mask shows it: padding that is shown changes its numbers, and a token that is hidden is not read",
                );
            }
            let right = left.next().unwrap_or(&padding);
            return broken(
                8,
                format!(
                    "a row of the batch is {}, with the mask {}",
                    told_ids(ids),
                    told_ids(mask)
                ),
                format!("{}, with {}", told_ids(&right.0), told_ids(&right.1)),
                "a row is a text's tokens, and padding on one side of them",
            );
        }
        Ok(())
    }

    fn row_of(&self, text: &[i64], seq: usize) -> Row {
        let Settings { pad_id, side, .. } = self.settings;
        let padding = seq - text.len();
        let mut ids = text.to_vec();
        let mut mask = vec![1; text.len()];
        ids.resize(seq, pad_id);
        mask.resize(seq, 0);
        if side == Side::Left {
            ids.rotate_right(padding);
            mask.rotate_right(padding);
        }
        (ids, mask)
    }
}

/// The exact mean of a text's rows.
pub struct Mean {
    pub numbers: Vec<f64>,
    /// How far an answer may be from it: promise 2.
    slack: f64,
}

impl Mean {
    pub fn of(rows: &[Vec<f64>]) -> Mean {
        let mut numbers = vec![0.0; rows[0].len()];
        let mut largest = 1.0_f64;
        for row in rows {
            for (sum, value) in numbers.iter_mut().zip(row) {
                *sum += value / rows.len() as f64;
                largest = largest.max(value.abs());
            }
        }
        let thousands = (rows.len() / 1_000) as f64;
        Mean {
            numbers,
            slack: 1e-4 * largest * (1.0 + thousands),
        }
    }

    /// NaN is near nothing.
    pub fn is_near(&self, vector: &[f32]) -> bool {
        let near = |(&value, &mean): (&f32, &f64)| (f64::from(value) - mean).abs() <= self.slack;
        vector.len() == self.numbers.len() && vector.iter().zip(&self.numbers).all(near)
    }
}

pub fn told(vector: &[f32]) -> String {
    let vector: Vec<f64> = vector.iter().map(|&value| value.into()).collect();
    told64(&vector)
}

pub fn told64(vector: &[f64]) -> String {
    let shown: Vec<String> = vector
        .iter()
        .take(4)
        .map(|value| format!("{value:.3}"))
        .collect();
    let more = if vector.len() > 4 { ", ..." } else { "" };
    format!("[{}{more}]", shown.join(", "))
}

pub fn told_ids(ids: &[i64]) -> String {
    if ids.len() <= 12 {
        return format!("{ids:?}");
    }
    let shown: Vec<String> = ids.iter().take(6).map(i64::to_string).collect();
    format!("[{}, ... {} in all]", shown.join(", "), ids.len())
}

/// That there are not as many answers as texts.
pub fn told_counts(texts: usize, answers: usize) -> String {
    let have = if texts == 1 { "has" } else { "have" };
    format!(
        "{} {have} {}",
        counted(texts, "text", "texts"),
        counted(answers, "answer", "answers")
    )
}

pub fn broken(
    promise: usize,
    seen: impl Into<String>,
    expected: impl Into<String>,
    why: impl Into<String>,
) -> Judged {
    Err(Box::new(
        Failure::new(seen, expected, why).of_promise(promise),
    ))
}

/// What may have broken several promises: [`blame`] finds out which.
fn open(seen: impl Into<String>, expected: impl Into<String>, why: impl Into<String>) -> Judged {
    Err(Box::new(Failure::new(seen, expected, why)))
}

fn in_another_order(failure: Failure) -> Box<Failure> {
    let why = "all vectors are there, and not at the places of their texts";
    Box::new(Failure::new(failure.seen, failure.expected, why).of_promise(1))
}
