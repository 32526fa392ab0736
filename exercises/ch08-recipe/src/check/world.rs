//! Embedders, caches and stores of one process, and what each call to them must give.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use checks::{Failure, caught, counted};

use super::file::brief;
use super::model::{
    Expected, Log, POOLINGS, StandIn, Weights, expected, norm, out_of_memory, shown,
};
use crate::recipe::{Cache, Error, Hit, Pooling, Recipe, Row};
use crate::{Embedder, Store};

/// Whether a text is looked for or can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Query,
    Passage,
}

/// An embedder to be made.
#[derive(Debug, Clone)]
pub struct Made {
    pub weights: Weights,
    pub query_prefix: String,
    pub passage_prefix: String,
    pub pooling: Pooling,
    pub normalize: bool,
    /// Which of the process's caches it has.
    pub cache: usize,
    /// So many of its model's runs fail at first.
    pub fails: usize,
}

impl Made {
    pub fn of(weights: Weights) -> Made {
        Made {
            weights,
            query_prefix: String::new(),
            passage_prefix: String::new(),
            pooling: Pooling::Mean,
            normalize: true,
            cache: 0,
            fails: 0,
        }
    }

    pub fn recipe(&self) -> Recipe {
        Recipe {
            model: self.weights.model(),
            query_prefix: self.query_prefix.clone(),
            passage_prefix: self.passage_prefix.clone(),
            pooling: self.pooling,
            normalize: self.normalize,
        }
    }

    fn input(&self, kind: Kind, text: &str) -> String {
        let prefix = match kind {
            Kind::Query => &self.query_prefix,
            Kind::Passage => &self.passage_prefix,
        };
        format!("{prefix}{text}")
    }

    fn ids(&self, kind: Kind, text: &str) -> Option<Vec<u32>> {
        self.weights.file.ids_around(&self.input(kind, text))
    }

    fn told(&self) -> String {
        let length = if self.normalize {
            "length 1"
        } else {
            "any length"
        };
        format!(
            "{} ({:?} before queries, {:?} before passages, {:?}, {length})",
            self.weights.name, self.query_prefix, self.passage_prefix, self.pooling
        )
    }

    /// None where there is no vector.
    fn vector(&self, kind: Kind, text: &str) -> Option<Expected> {
        let ids = self.ids(kind, text).filter(|ids| !ids.is_empty())?;
        let states = self.weights.states(&ids);
        Some(expected(&states, self.pooling, self.normalize))
    }
}

/// A row that an earlier run has written.
#[derive(Debug, Clone)]
pub struct Earlier {
    pub text: String,
    /// Which embedder has made it; its name is another where there is none.
    pub by: Result<usize, String>,
}

#[derive(Debug, Clone)]
pub enum Call {
    Embed(usize, Kind, String),
    /// Into this store, by this embedder.
    Add(usize, usize, String),
    Search(usize, usize, String),
}

/// One process.
#[derive(Debug, Clone)]
pub struct World {
    pub embedders: Vec<Made>,
    pub stores: Vec<Vec<Earlier>>,
    pub calls: Vec<Call>,
}

const NO_PANIC: &str = "One bad text would end the whole service.";

struct Running {
    made: Made,
    recipe: Recipe,
    embedder: Embedder,
    log: Arc<Mutex<Log>>,
}

/// A store, and of each row who made it.
struct Shelf {
    store: Store,
    rows: Vec<Row>,
    by: Vec<Result<Recipe, String>>,
}

struct Process<'a> {
    world: &'a World,
    running: Vec<Running>,
    shelves: Vec<Shelf>,
    /// What the model of a recipe has run for: the cache, the recipe, the kind and the text.
    done: HashSet<(usize, Recipe, Kind, String)>,
}

impl World {
    pub fn of(embedders: impl Into<Vec<Made>>, calls: impl Into<Vec<Call>>) -> World {
        World {
            embedders: embedders.into(),
            stores: Vec::new(),
            calls: calls.into(),
        }
    }

    pub fn judge(&self) -> Result<(), Failure> {
        let mut process = Process::start(self)?;
        for (at, call) in self.calls.iter().enumerate() {
            let judged = match call {
                Call::Embed(embedder, kind, text) => process.embed(*embedder, *kind, text),
                Call::Add(store, embedder, text) => process.add(*store, *embedder, text),
                Call::Search(store, embedder, text) => process.search(*store, *embedder, text),
            };
            judged.map_err(|failure| Failure {
                seen: format!("{}{}", self.before(at), failure.seen),
                ..failure
            })?;
        }
        Ok(())
    }

    fn before(&self, at: usize) -> String {
        match at {
            0 => String::new(),
            1 => "in the 2nd call of a process: ".to_owned(),
            2 => "in the 3rd call of a process: ".to_owned(),
            _ => format!("in the {}th call of a process: ", at + 1),
        }
    }
}

impl Process<'_> {
    fn start(world: &World) -> Result<Process<'_>, Failure> {
        let caches: Vec<Cache> = world.embedders.iter().map(|_| Cache::default()).collect();
        let mut running = Vec::new();
        for made in &world.embedders {
            let log = Arc::new(Mutex::new(Log::default()));
            let model = StandIn {
                weights: made.weights,
                log: log.clone(),
                fails: made.fails,
            };
            let cache = caches[made.cache].clone();
            let json = made.weights.file.json();
            let recipe = made.recipe();
            let loaded = caught(|| Embedder::load(&json, Box::new(model), recipe.clone(), cache));
            let seen = match loaded {
                Ok(Ok(embedder)) => {
                    running.push(Running {
                        made: made.clone(),
                        recipe,
                        embedder,
                        log,
                    });
                    continue;
                }
                Ok(Err(error)) => format!("gives {error:?}"),
                Err(panic) => format!("panics: {panic}"),
            };
            let seen = format!("`Embedder::load` of a right file {seen}");
            return Err(Failure::new(seen, "an embedder", NO_PANIC).of_promise(11));
        }
        let prints: Vec<String> = world
            .embedders
            .iter()
            .map(fingerprint)
            .collect::<Result<_, _>>()?;
        let mut shelves = Vec::new();
        for earlier in &world.stores {
            let mut rows = Vec::new();
            for Earlier { text, by } in earlier {
                let (made, recipe) = match by {
                    Ok(by) => (&world.embedders[*by], prints[*by].clone()),
                    Err(name) => (&world.embedders[0], name.clone()),
                };
                let expected = made.vector(Kind::Passage, text);
                let vector = expected.and_then(|expected| expected.vector);
                let vector = vector.unwrap_or_else(|| vec![0.5; made.weights.dimension]);
                rows.push(Row {
                    text: text.clone(),
                    recipe,
                    vector: vector.iter().map(|&value| value as f32).collect(),
                });
            }
            let by = earlier.iter().map(|earlier| match &earlier.by {
                Ok(by) => Ok(running[*by].recipe.clone()),
                Err(name) => Err(name.clone()),
            });
            shelves.push(Shelf {
                by: by.collect(),
                store: Store::open(rows.clone()),
                rows,
            });
        }
        let process = Process {
            world,
            running,
            shelves,
            done: HashSet::new(),
        };
        for shelf in &process.shelves {
            process.rows_are_right(shelf, None)?;
        }
        Ok(process)
    }

    fn embed(&mut self, at: usize, kind: Kind, text: &str) -> Result<(), Failure> {
        let Running { made, embedder, .. } = &mut self.running[at];
        let name = match kind {
            Kind::Query => "query",
            Kind::Passage => "passage",
        };
        let what = format!("`{name}({})` under {}", brief(text), made.told());
        let answer = caught(|| match kind {
            Kind::Query => embedder.query(text),
            Kind::Passage => embedder.passage(text),
        });
        let runs = self.runs(at, kind, text, &what)?;
        let answer = answer.map_err(|panic| panicked(&what, &panic))?;
        self.judge_vector(at, kind, text, &what, runs, &answer)
    }

    /// How the model ran in this call, after it was seen to be right: not at all, once, or once and failed.
    fn runs(&mut self, at: usize, kind: Kind, text: &str, what: &str) -> Result<Ran, Failure> {
        let running = &self.running[at];
        let made = &running.made;
        let (runs, refusals) = {
            let mut log = running.log.lock().unwrap_or_else(PoisonError::into_inner);
            (std::mem::take(&mut log.runs), log.refusals)
        };
        let ids = made.ids(kind, text);
        let spelled = |ids: &[u32]| brief(&made.weights.file.spelled(ids));
        for run in &runs {
            let failure = match &ids {
                None => Failure::new(
                    format!("{what} ran the model on {}", spelled(run)),
                    "`Error::Tokenizer`",
                    "The tokenizer refuses this text: there are no ids to run.",
                )
                .of_promise(11),
                Some(ids) if ids.is_empty() => Failure::new(
                    format!("{what} ran the model on {}", spelled(run)),
                    "`Error::NoTokens`, and no run",
                    "A text without a token has nothing that a vector could be made of.",
                )
                .of_promise(11),
                Some(ids) if ids != run => Failure::new(
                    format!("{what} gave the model {}", spelled(run)),
                    spelled(ids),
                    "The model was trained on texts with these prefixes and these tokens around them; what it makes of others, \
                     nobody has measured.",
                )
                .of_promise(3),
                Some(_) => continue,
            };
            return Err(failure);
        }
        let key = (made.cache, running.recipe.clone(), kind, text.to_owned());
        let most = usize::from(!self.done.contains(&key));
        if runs.len() > most {
            let before = if most == 0 {
                ", after it had run for it under this recipe before"
            } else {
                " in one call"
            };
            return Err(Failure::new(
                format!("{what} ran the model {}{before}", counted(runs.len(), "time", "times")),
                "one run for each recipe and text, and then its vector from the cache",
                "The model is the dearest part of the service: a cache is there so that it does not run again.",
            )
            .of_promise(10));
        }
        if runs.is_empty() {
            return Ok(Ran::Not);
        }
        // Each run is looked at before the next, so the last refusal is this run's, if there is one.
        let refused = refusals > self.refused(at);
        if refused {
            self.running[at].made.fails -= 1;
            return Ok(Ran::Failed(refusals));
        }
        self.done.insert(key);
        Ok(Ran::Once)
    }

    /// How many runs of the embedder's model had failed before this call.
    fn refused(&self, at: usize) -> usize {
        self.world.embedders[at].fails - self.running[at].made.fails
    }

    fn judge_vector(
        &self,
        at: usize,
        kind: Kind,
        text: &str,
        what: &str,
        ran: Ran,
        answer: &Result<Vec<f32>, Error>,
    ) -> Result<(), Failure> {
        let made = &self.running[at].made;
        if let Some(own) = self.own_error(at, kind, text, ran) {
            return own_error_is(what, &own, answer.as_ref().err(), answer.is_ok());
        }
        let expected = made.vector(kind, text).expect("it has no error");
        let seen = match answer {
            Ok(seen) if expected.holds(seen) => return Ok(()),
            Ok(seen) => seen,
            Err(error) => {
                let seen = format!("{what} gives {error:?}");
                let (promise, why) = of_no_reason(error, ran).unwrap_or_else(|| {
                    if expected.is_zeros() {
                        (5, "A vector of zeros stays as it is.")
                    } else {
                        (11, "Neither the tokenizer nor the model has refused it.")
                    }
                });
                return Err(Failure::new(seen, "its vector", why).of_promise(promise));
            }
        };
        Err(self.wrong_vector(at, kind, text, what, ran, seen, &expected))
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "what was asked, what was seen, and what it should be"
    )]
    fn wrong_vector(
        &self,
        at: usize,
        kind: Kind,
        text: &str,
        what: &str,
        ran: Ran,
        seen: &[f32],
        expected: &Expected,
    ) -> Failure {
        let wide: Vec<f64> = seen.iter().map(|&value| value.into()).collect();
        let (is, promise, why) = match ran {
            Ran::Not => self.of_the_cache(at, kind, text, seen),
            Ran::Once | Ran::Failed(_) => self.of_its_states(at, kind, text, seen, expected),
        };
        Failure::new(
            format!("{what} gives {}{is}", shown(&wide)),
            shown(expected.vector.as_deref().unwrap_or(&[])),
            why,
        )
        .of_promise(promise)
    }

    /// Whose vector it is, where the model did not run.
    fn of_the_cache(
        &self,
        at: usize,
        kind: Kind,
        text: &str,
        seen: &[f32],
    ) -> (String, usize, &'static str) {
        let why = "The model did not run: the cache was asked, and a text has as many vectors as there are recipes and kinds.";
        let asked = self.world.calls.iter().map(|call| match call {
            Call::Embed(_, _, text) | Call::Add(_, _, text) | Call::Search(_, _, text) => text,
        });
        let own = &self.running[at].made;
        for other_text in std::iter::once(text).chain(asked.map(String::as_str)) {
            for other in std::iter::once(own).chain(&self.world.embedders) {
                for of in [kind, Kind::Query, Kind::Passage] {
                    let is_other = (other.recipe(), of, other_text) != (own.recipe(), kind, text);
                    let vector = other.vector(of, other_text);
                    if is_other && vector.is_some_and(|vector| vector.is(seen)) {
                        let of = match of {
                            Kind::Query => "query",
                            Kind::Passage => "passage",
                        };
                        let other_text = brief(other_text);
                        let is = format!(
                            ", the vector of the {of} {other_text} under {}",
                            other.told()
                        );
                        return (is, 10, why);
                    }
                }
            }
        }
        (String::new(), 10, why)
    }

    /// What was made of the right hidden states instead, the promise that it breaks, and why it matters.
    fn of_its_states(
        &self,
        at: usize,
        kind: Kind,
        text: &str,
        seen: &[f32],
        expected: &Expected,
    ) -> (String, usize, &'static str) {
        let of_lengths = "Dot products of vectors that are not of length 1 prefer the long ones; and where the makers left the \
                          length alone, it says something.";
        let of_places = "Training moved what the text means into one place. Elsewhere there are numbers too, and no error says \
                         that they mean something else.";
        let made = &self.running[at].made;
        for normalize in [made.normalize, !made.normalize] {
            for pooling in POOLINGS {
                let other = Made {
                    pooling,
                    normalize,
                    ..made.clone()
                };
                if !other
                    .vector(kind, text)
                    .is_some_and(|vector| vector.is(seen))
                {
                    continue;
                }
                let pooled = match pooling {
                    Pooling::Cls => "the first token's hidden state",
                    Pooling::Mean => "the mean of all hidden states",
                    Pooling::Last => "the last token's hidden state",
                };
                let length = if normalize {
                    "brought to length 1"
                } else {
                    "as long as it is"
                };
                let (promise, why) = if pooling == made.pooling {
                    (5, of_lengths)
                } else {
                    (4, of_places)
                };
                return (format!(", {pooled}, {length}"), promise, why);
            }
        }
        if expected.is_parallel_to(seen) {
            (", which has another length".to_owned(), 5, of_lengths)
        } else {
            (String::new(), 4, of_places)
        }
    }

    /// The error that the text has by itself, where the model ran so.
    fn own_error(&self, at: usize, kind: Kind, text: &str, ran: Ran) -> Option<Own> {
        let ids = self.running[at].made.ids(kind, text);
        match (ids, ran) {
            (None, _) => Some(Own::Tokenizer),
            (Some(ids), _) if ids.is_empty() => Some(Own::Exactly(Error::NoTokens)),
            (_, Ran::Failed(run)) => Some(Own::Exactly(out_of_memory(run))),
            _ => None,
        }
    }

    fn add(&mut self, shelf: usize, at: usize, text: &str) -> Result<(), Failure> {
        let made = self.running[at].made.told();
        let what = format!("`add({})` under {made}", brief(text));
        let embedder = &mut self.running[at].embedder;
        let store = &mut self.shelves[shelf].store;
        let answer = caught(|| store.add(embedder, text));
        self.must_be_refused(shelf, at, &what, &answer)?;
        let ran = self.runs(at, Kind::Passage, text, &what)?;
        let answer = answer.map_err(|panic| panicked(&what, &panic))?;
        let own = self.own_error(at, Kind::Passage, text, ran);
        if let Some(others) = self.others(shelf, at) {
            self.judge_refused(shelf, at, &what, others, own, &answer)?;
            return self.rows_are_right(&self.shelves[shelf], Some(&what));
        }
        let is_there = self.shelves[shelf].rows.iter().any(|row| row.text == text);
        match (&answer, own) {
            (Ok(()), _) if is_there => {}
            (_, Some(own)) => own_error_is(&what, &own, answer.as_ref().err(), answer.is_ok())?,
            (Ok(()), None) => {
                self.judge_added(shelf, at, text, &what, ran)?;
            }
            (Err(error), None) => {
                let (promise, why) = of_no_reason(error, ran).unwrap_or((
                    7,
                    "Neither the tokenizer nor the model has refused it, and it is of the store's recipe.",
                ));
                let seen = format!("{what} gives {error:?}");
                return Err(Failure::new(seen, "the passage is stored", why).of_promise(promise));
            }
        }
        self.rows_are_right(&self.shelves[shelf], Some(&what))
    }

    /// Takes the row that was added into what the store must have.
    fn judge_added(
        &mut self,
        shelf: usize,
        at: usize,
        text: &str,
        what: &str,
        ran: Ran,
    ) -> Result<(), Failure> {
        let made = &self.running[at].made;
        let fingerprint = fingerprint(made)?;
        let shelf = &self.shelves[shelf];
        let count = shelf.rows.len();
        let rows = shelf.store.rows();
        let why =
            "A passage that is not in the rows is not written, and not found after the next start.";
        let Some(row) = rows.get(count) else {
            let seen = format!(
                "after {what} the store has {}",
                counted(rows.len(), "row", "rows")
            );
            return Err(Failure::new(seen, (count + 1).to_string(), why).of_promise(7));
        };
        let what_row = format!("the row that {what} wrote");
        if row.text != text {
            let seen = format!("{what_row} has the text {:?}", row.text);
            let why =
                "The prefix is for the model. Whoever reads what was found wants the passage.";
            return Err(Failure::new(seen, format!("{text:?}"), why).of_promise(7));
        }
        if row.recipe != fingerprint {
            let seen = format!("{what_row} has the recipe {:?}", row.recipe);
            let why = "Only the whole name tells later that a query was made in another way.";
            return Err(Failure::new(seen, format!("{fingerprint:?}"), why).of_promise(7));
        }
        let expected = made.vector(Kind::Passage, text).expect("it has no error");
        if !expected.holds(&row.vector) {
            let vector = &row.vector;
            let failure =
                self.wrong_vector(at, Kind::Passage, text, &what_row, ran, vector, &expected);
            return Err(failure);
        }
        let (row, recipe) = (row.clone(), self.running[at].recipe.clone());
        let at = self
            .shelves
            .iter()
            .position(|other| std::ptr::eq(other, shelf));
        let shelf = &mut self.shelves[at.expect("it is one of them")];
        shelf.rows.push(row);
        shelf.by.push(Ok(recipe));
        Ok(())
    }

    fn search(&mut self, shelf: usize, at: usize, text: &str) -> Result<(), Failure> {
        let made = self.running[at].made.told();
        let what = format!("`search({})` under {made}", brief(text));
        let embedder = &mut self.running[at].embedder;
        let store = &self.shelves[shelf].store;
        let answer = caught(|| store.search(embedder, text));
        self.must_be_refused(shelf, at, &what, &answer)?;
        let ran = self.runs(at, Kind::Query, text, &what)?;
        let answer = answer.map_err(|panic| panicked(&what, &panic))?;
        let own = self.own_error(at, Kind::Query, text, ran);
        self.rows_are_right(&self.shelves[shelf], Some(&what))?;
        if let Some(others) = self.others(shelf, at) {
            return self.judge_refused(shelf, at, &what, others, own, &answer);
        }
        match (&answer, own) {
            (Ok(hits), _) if hits.is_empty() && self.shelves[shelf].rows.is_empty() => Ok(()),
            (_, Some(own)) => own_error_is(&what, &own, answer.as_ref().err(), answer.is_ok()),
            (Err(error), None) => {
                let (promise, why) = of_no_reason(error, ran).unwrap_or((
                    9,
                    "Neither the tokenizer nor the model has refused it, and it is of the store's recipe.",
                ));
                let seen = format!("{what} gives {error:?}");
                Err(Failure::new(seen, "the passages", why).of_promise(promise))
            }
            (Ok(hits), None) => self.judge_hits(shelf, at, text, &what, hits),
        }
    }

    fn judge_hits(
        &self,
        shelf: usize,
        at: usize,
        text: &str,
        what: &str,
        hits: &[Hit],
    ) -> Result<(), Failure> {
        let rows = &self.shelves[shelf].rows;
        let broken = |seen: String, expected: String, why: &str| {
            Err(Failure::new(format!("{what} {seen}"), expected, why).of_promise(9))
        };
        let made = &self.running[at].made;
        let query = made.vector(Kind::Query, text).expect("it has no error");
        let mut found: Vec<&str> = hits.iter().map(|hit| hit.text.as_str()).collect();
        let mut stored: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        found.sort_unstable();
        stored.sort_unstable();
        let why = "All passages were asked for, each once.";
        if found.len() != stored.len() {
            let seen = format!("gives {}", counted(found.len(), "passage", "passages"));
            return broken(seen, stored.len().to_string(), why);
        }
        if let Some((found, stored)) = found.iter().zip(&stored).find(|(one, other)| one != other) {
            let seen = format!("gives {}, and not", brief(found));
            return broken(seen, brief(stored), why);
        }
        let Some(query_vector) = query.vector else {
            return Ok(());
        };
        // Rows with one text have one vector.
        let vectors: HashMap<&str, &Vec<f32>> = rows
            .iter()
            .map(|row| (row.text.as_str(), &row.vector))
            .collect();
        let mut before: Option<(f64, f64, &str)> = None;
        for hit in hits {
            let row = vectors[hit.text.as_str()];
            let row: Vec<f64> = row.iter().map(|&value| value.into()).collect();
            let score: f64 = row
                .iter()
                .zip(&query_vector)
                .map(|(one, other)| one * other)
                .sum();
            let off_query = query.slack * (query.dimension as f64).sqrt();
            let slack = norm(&row) * (0.001 * norm(&query_vector) + off_query) + 1e-6;
            let is_near = (f64::from(hit.score) - score).abs() <= slack;
            if !is_near {
                let why = "A score is the dot product of the stored vector and the query's: the model was trained for it.";
                let seen = format!("gives {:?} the score {}", hit.text, hit.score);
                return broken(seen, format!("{score:.4}"), why);
            }
            if let Some((last, last_slack, text)) = before
                && last + last_slack + slack < score
            {
                let why = "Whoever reads one hit reads the first.";
                let seen = format!(
                    "gives {:?}, with {score:.4}, after {text:?}, with {last:.4}",
                    hit.text
                );
                return broken(seen, "the larger product first".to_owned(), why);
            }
            before = Some((score, slack, &hit.text));
        }
        Ok(())
    }

    /// The fingerprints of the rows that are of another recipe, if there are any.
    fn others(&self, shelf: usize, at: usize) -> Option<Vec<String>> {
        let own = &self.running[at].recipe;
        let shelf = &self.shelves[shelf];
        let rows = shelf.rows.iter().zip(&shelf.by);
        let others = rows.filter(|(_, by)| by.as_ref() != Ok(own));
        let others: Vec<String> = others.map(|(row, _)| row.recipe.clone()).collect();
        (!others.is_empty()).then_some(others)
    }

    /// Whatever else went wrong: a call that a store of another recipe has not refused.
    fn must_be_refused<T: std::fmt::Debug>(
        &self,
        shelf: usize,
        at: usize,
        what: &str,
        answer: &Result<Result<T, Error>, String>,
    ) -> Result<(), Failure> {
        match (answer, self.others(shelf, at)) {
            (Ok(answer @ Ok(_)), Some(others)) => {
                self.judge_refused(shelf, at, what, others, None, answer)
            }
            _ => Ok(()),
        }
    }

    fn judge_refused<T: std::fmt::Debug>(
        &self,
        shelf: usize,
        at: usize,
        what: &str,
        others: Vec<String>,
        own: Option<Own>,
        answer: &Result<T, Error>,
    ) -> Result<(), Failure> {
        let fingerprint = fingerprint(&self.running[at].made)?;
        let count = self.shelves[shelf].rows.len();
        let seen = match answer {
            Err(Error::OtherRecipe { stored, asked })
                if others.contains(stored) && *asked == fingerprint =>
            {
                return Ok(());
            }
            Err(error) if own.as_ref().is_some_and(|own| own.is(error)) => return Ok(()),
            Ok(_) => "is not refused".to_owned(),
            Err(error) => format!("gives {error:?}"),
        };
        let dimension = self.running[at].made.weights.dimension;
        let seen = format!(
            "of a store's {count} rows {} are of another recipe: {:?}. {what} {seen}",
            others.len(),
            others[0],
        );
        let expected =
            format!("`OtherRecipe` with `stored` of such a row, and `asked` {fingerprint:?}");
        let why = format!(
            "Vectors of two recipes are as long, {dimension} values, and their products are numbers as any other: only the name \
             tells that they mean nothing.",
        );
        Err(Failure::new(seen, expected, why).of_promise(8))
    }

    /// The store has the rows that it must have, and no others.
    fn rows_are_right(&self, shelf: &Shelf, after: Option<&str>) -> Result<(), Failure> {
        let rows = shelf.store.rows();
        let after = after.map_or_else(|| "`open`".to_owned(), str::to_owned);
        if rows.len() != shelf.rows.len() {
            let seen = format!(
                "after {after} the store has {}",
                counted(rows.len(), "row", "rows")
            );
            let why =
                "A passage is stored once; what was refused or only looked for changes nothing.";
            return Err(Failure::new(seen, shelf.rows.len().to_string(), why).of_promise(7));
        }
        for (at, (row, expected)) in rows.iter().zip(&shelf.rows).enumerate() {
            if row != expected {
                let seen = format!("after {after} row {at} is {row:?}");
                let why = "A row that was written stays as it was: its vector is what its recipe made of its text.";
                return Err(Failure::new(seen, format!("{expected:?}"), why).of_promise(7));
            }
        }
        Ok(())
    }
}

/// How a model ran in one call.
#[derive(Debug, Clone, Copy)]
enum Ran {
    Not,
    Once,
    /// It was its refusal with this number.
    Failed(usize),
}

/// The error that a text has by itself.
#[derive(Debug)]
enum Own {
    Tokenizer,
    Exactly(Error),
}

impl Own {
    fn is(&self, error: &Error) -> bool {
        match self {
            Own::Tokenizer => matches!(error, Error::Tokenizer(_)),
            Own::Exactly(own) => own == error,
        }
    }
}

/// An error that nothing in its call is the reason of: the promise that it breaks, and why it matters.
fn of_no_reason(error: &Error, ran: Ran) -> Option<(usize, &'static str)> {
    match (error, ran) {
        (Error::Model(_), Ran::Not) => Some((
            10,
            "The model did not run in this call. An error that is kept lasts longer than its reason.",
        )),
        (Error::OtherRecipe { .. }, _) => Some((
            8,
            "No row of the store is of another recipe. What was refused or has failed is no row.",
        )),
        _ => None,
    }
}

fn own_error_is(what: &str, own: &Own, error: Option<&Error>, is_ok: bool) -> Result<(), Failure> {
    if error.is_some_and(|error| own.is(error)) {
        return Ok(());
    }
    let seen = match error {
        Some(error) => format!("{what} gives {error:?}"),
        None if is_ok => format!("{what} gives no error"),
        None => unreachable!("an answer is one or the other"),
    };
    let expected = match own {
        Own::Tokenizer => "`Error::Tokenizer`".to_owned(),
        Own::Exactly(error) => format!("{error:?}"),
    };
    let why = "What goes wrong for one text is an error of its own call, and no other.";
    Err(Failure::new(seen, expected, why).of_promise(11))
}

fn panicked(what: &str, panic: &str) -> Failure {
    let seen = format!("{what} panics: {panic}");
    Failure::new(seen, "a value or an error", NO_PANIC).of_promise(11)
}

fn fingerprint(made: &Made) -> Result<String, Failure> {
    caught(|| made.recipe().fingerprint())
        .map_err(|panic| panicked(&format!("`fingerprint` of {}", made.told()), &panic))
}
