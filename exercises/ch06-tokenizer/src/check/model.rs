//! What may be observed of a service: the promises as a small program, and what is wrong where an answer differs.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use checks::{Failure, counted};
use tokenizers::{AddedToken, Tokenizer};

use super::file::File;
use crate::{EncodeError, Options, Row, Service};

/// Requests to one service, one after the other.
#[derive(Debug, Clone)]
pub struct Scene {
    pub file: File,
    pub whole: Vec<&'static str>,
    pub requests: Vec<Request>,
    pub looks_at: Part,
}

/// What of an answer a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Ids and mask of each row.
    Rows,
    /// `left_out`, too.
    All,
}

#[derive(Debug, Clone)]
pub struct Request {
    pub texts: Vec<String>,
    pub options: Options,
}

/// What a request gets, or the text of its panic.
pub type Answer = Result<Result<Vec<Row>, EncodeError>, String>;

impl Request {
    pub fn new(texts: &[&str], max_tokens: Option<usize>, pad: bool) -> Request {
        Request {
            texts: texts.iter().map(|&text| text.to_owned()).collect(),
            options: Options { max_tokens, pad },
        }
    }

    /// The same with this number in place of each `#`, so that it has texts that nobody has asked for before. All numbers
    /// from 1000 to 5999 make as many tokens.
    pub fn numbered(&self, number: u32) -> Request {
        let texts = self
            .texts
            .iter()
            .map(|text| text.replace('#', &number.to_string()));
        Request {
            texts: texts.collect(),
            options: self.options,
        }
    }

    pub fn ask(&self, service: &Service) -> Answer {
        let texts: Vec<&str> = self.texts.iter().map(String::as_str).collect();
        caught(|| service.encode(&texts, self.options))
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.options.max_tokens {
            None => write!(f, "a request with no limit")?,
            Some(limit) => write!(f, "a request with a limit of {limit}")?,
        }
        let padding = if self.options.pad { " and padding" } else { "" };
        match self.texts.as_slice() {
            [] => write!(f, "{padding} for no texts"),
            [text] => write!(f, "{padding} for {}", shortened(text)),
            texts => write!(f, "{padding} for {} texts", texts.len()),
        }
    }
}

impl Default for Scene {
    /// No requests, on the bundled file.
    fn default() -> Scene {
        Scene {
            file: File::BUNDLED,
            whole: Vec::new(),
            requests: Vec::new(),
            looks_at: Part::Rows,
        }
    }
}

impl Scene {
    /// Requests to a service of the bundled file.
    pub fn of(requests: impl IntoIterator<Item = Request>) -> Scene {
        Scene {
            requests: requests.into_iter().collect(),
            ..Scene::default()
        }
    }

    /// The first promise that is broken.
    pub fn play(&self) -> Result<(), Box<Failure>> {
        let reference = Reference::new(self.file, &self.whole);
        let service = load(self.file, &self.whole)?;
        for (number, request) in self.requests.iter().enumerate() {
            let answer = request.ask(&service);
            reference.judge(self.looks_at, request, &answer, |failure| {
                after(&self.requests[..number], failure)
            })?;
        }
        Ok(())
    }
}

/// Fails the check if a promise is broken.
#[track_caller]
pub fn play(scene: &Scene) {
    if let Err(failure) = scene.play() {
        failure.raise();
    }
}

pub fn load(file: File, whole: &[&str]) -> Result<Service, Box<Failure>> {
    let answer = caught(|| Service::load(&file.json(), whole));
    let what = match answer {
        Ok(Ok(service)) => return Ok(service),
        Ok(Err(error)) => format!("is refused: {error}"),
        Err(panic) => format!("is a panic: {panic}"),
    };
    Err(Failure::new(
        format!("`Service::load` of {file}, with the whole words {whole:?}, {what}"),
        "a service",
        "The file is one that the tokenizers crate reads; what it sets is no reason to refuse it.",
    )
    .into())
}

fn after(before: &[Request], failure: Failure) -> Failure {
    let Some(last) = before.last() else {
        return failure;
    };
    let several = match before.len() {
        1 => String::new(),
        more => format!(" and {} before that", more - 1),
    };
    Failure {
        seen: format!("right after {last}{several}: {}", failure.seen),
        why: "On a new service this request gets what is expected. A row depends on its text and on its own request's \
              options; here something of another request has stayed behind."
            .to_owned(),
        ..failure
    }
}

/// The same file's tokenizer, which nobody else has, and nothing set in it.
pub struct Reference {
    file: File,
    whole: Vec<String>,
    tokenizer: Tokenizer,
    /// The ids of each text that was asked for.
    known: RefCell<HashMap<String, Vec<u32>>>,
}

/// The row of one text, before padding.
struct Wanted {
    ids: Vec<u32>,
    all: Vec<u32>,
    left_out: usize,
}

impl Reference {
    pub fn new(file: File, whole: &[&str]) -> Reference {
        let mut tokenizer: Tokenizer = file
            .json()
            .parse()
            .expect("the file is as tokenizers writes it");
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(None)
            .expect("no truncation is always possible");
        let words = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer
            .add_tokens(words)
            .expect("the words can be told from each other");
        Reference {
            file,
            whole: whole.iter().map(|&word| word.to_owned()).collect(),
            tokenizer,
            known: RefCell::default(),
        }
    }

    /// Encodes the texts, for whoever wants to know how much work that is.
    pub fn work(&self, request: &Request) {
        for text in &request.texts {
            self.tokenizer
                .encode(text.as_str(), true)
                .expect("the text can be encoded");
        }
    }

    pub fn least(&self) -> usize {
        let (before, after) = self.file.around();
        before.len() + after.len()
    }

    fn wanted(&self, text: &str, max_tokens: Option<usize>) -> Wanted {
        let (before, after) = self.file.around();
        let all = self.ids(text);
        let kept = max_tokens.map_or(all.len(), |limit| all.len().min(limit - self.least()));
        Wanted {
            ids: [before, &all[..kept], after].concat(),
            left_out: all.len() - kept,
            all,
        }
    }

    /// The text's, without what stands around it.
    pub fn ids(&self, text: &str) -> Vec<u32> {
        let mut known = self.known.borrow_mut();
        let ids = known.entry(text.to_owned()).or_insert_with(|| {
            let encoding = self
                .tokenizer
                .encode(text, false)
                .expect("the text can be encoded");
            encoding.get_ids().to_vec()
        });
        ids.clone()
    }

    /// What of an answer is not as promised, told by `among` where that comes of the requests that it was given among: on a new
    /// service the same request gets the right one.
    pub fn judge(
        &self,
        part: Part,
        request: &Request,
        answer: &Answer,
        among: impl FnOnce(Failure) -> Failure,
    ) -> Result<(), Box<Failure>> {
        let Some(failure) = self.difference(part, request, answer) else {
            return Ok(());
        };
        let Some(alone) = self.asked_alone(self.file, part, request)? else {
            return Err(among(failure.of_promise(5)).into());
        };
        let file = self.file.without_settings();
        let is_right = |answer: Result<Option<Failure>, _>| matches!(answer, Ok(None));
        if file != self.file && is_right(self.asked_alone(file, part, request)) {
            return Err(Failure {
                why: "On the same file without its truncation and padding this request gets what is expected. What is set in the \
                      file is no request's wish."
                    .to_owned(),
                ..alone.of_promise(5)
            }
            .into());
        }
        let mut each = request.texts.iter().map(|text| Request {
            texts: vec![text.clone()],
            ..request.clone()
        });
        // Of the order of rows and of padding one text alone tells nothing.
        let of_its_own_text = matches!(alone.promise, Some(2 | 4));
        if request.texts.len() > 1
            && of_its_own_text
            && each.all(|one| is_right(self.asked_alone(self.file, part, &one)))
        {
            return Err(Failure {
                why: "Alone each of these texts gets the right row. A row depends on no other text of its request.".to_owned(),
                promise: None,
                ..alone
            }
            .into());
        }
        Err(alone.into())
    }

    /// What is wrong with the answer of a new service of `file`, on a new thread.
    fn asked_alone(
        &self,
        file: File,
        part: Part,
        request: &Request,
    ) -> Result<Option<Failure>, Box<Failure>> {
        let whole: Vec<&str> = self.whole.iter().map(String::as_str).collect();
        let ask = || load(file, &whole).map(|service| request.ask(&service));
        let answer = thread::scope(|scope| scope.spawn(ask).join());
        let answer = answer.expect("a panic of a request is caught")?;
        Ok(self.difference(part, request, &answer))
    }

    fn difference(&self, part: Part, request: &Request, answer: &Answer) -> Option<Failure> {
        let on = match self.file {
            File::BUNDLED => String::new(),
            file => format!(" on {file}"),
        };
        let least = self.least();
        let small = request.options.max_tokens.filter(|&limit| limit < least);
        let small = small.map(|limit| EncodeError::LimitTooSmall { limit, least });
        let rows = match (answer, &small) {
            (Err(panic), _) => {
                return Some(Failure::new(
                    format!("{request}{on} panics: {panic}"),
                    small.map_or("rows".to_owned(), |small| format!("{small:?}")),
                    "Texts and limits come from clients. No client may end what serves the others.",
                ));
            }
            (Ok(Err(error)), Some(small)) if error == small => return None,
            (Ok(Ok(rows)), Some(_)) if request.texts.is_empty() && rows.is_empty() => return None,
            (Ok(answer), Some(small)) => {
                let failure = Failure::new(
                    format!("{request}{on} gets {}", shown(answer)),
                    format!("{small:?}"),
                    format!(
                        "Around a text stand {least} tokens that the model needs, and the limit does not hold them."
                    ),
                );
                return Some(failure.of_promise(6));
            }
            (Ok(Err(error)), None) => {
                let (broken, why) = match (error, request.options.max_tokens) {
                    (EncodeError::Tokenizer(_), _) => (
                        1,
                        "The tokenizer itself encodes these texts without an error.".to_owned(),
                    ),
                    (EncodeError::LimitTooSmall { .. }, None) => (
                        6,
                        "A request without a limit has none that is too small.".to_owned(),
                    ),
                    (EncodeError::LimitTooSmall { .. }, Some(limit)) => (
                        6,
                        format!(
                            "Around a text stand {least} tokens. A limit of {limit} holds them, and so it is not too small: of a \
                             text that does not fit a row keeps what fits."
                        ),
                    ),
                };
                let failure = Failure::new(
                    format!("{request}{on} gets {error:?}"),
                    format!("rows: {}", request.texts.len()),
                    why,
                );
                return Some(failure.of_promise(broken));
            }
            (Ok(Ok(rows)), None) => rows,
        };
        if rows.len() != request.texts.len() {
            let failure = Failure::new(
                format!("{request}{on} gets {}", counted(rows.len(), "row", "rows")),
                format!("{}, one for each text", request.texts.len()),
                "Whoever asks finds a text's row by its place.",
            );
            return Some(failure.of_promise(1));
        }
        let all: Vec<Wanted> = request
            .texts
            .iter()
            .map(|text| self.wanted(text, request.options.max_tokens))
            .collect();
        let longest = all.iter().map(|wanted| wanted.ids.len()).max();
        let longest = longest.unwrap_or(0);
        all.iter()
            .zip(rows)
            .enumerate()
            .find_map(|(at, (wanted, row))| {
                let length = if request.options.pad {
                    longest
                } else {
                    wanted.ids.len()
                };
                let limit = request.options.max_tokens;
                let mut flaw = self.flaw(part, row, wanted, length, limit)?;
                let own = own_ids(row);
                let is_anothers = |other: &Wanted| other.ids == own;
                if own != wanted.ids && all.iter().any(is_anothers) {
                    flaw.promise = Some(1);
                    flaw.why = "This is the row of another of its texts: rows come in the order of the texts.".to_owned();
                }
                let which = match request.texts.len() {
                    1 => "its row".to_owned(),
                    _ => format!("row {at}, of {},", shortened(&request.texts[at])),
                };
                let failure = Failure::new(
                    format!("{request}{on}: {which} {}", flaw.what),
                    flaw.expected,
                    flaw.why,
                );
                Some(Failure {
                    promise: flaw.promise,
                    ..failure
                })
            })
    }

    /// What is wrong with a row.
    fn flaw(
        &self,
        part: Part,
        row: &Row,
        wanted: &Wanted,
        length: usize,
        limit: Option<usize>,
    ) -> Option<Flaw> {
        let Row {
            ids,
            mask,
            left_out,
        } = row;
        let Wanted {
            ids: wanted_ids,
            all,
            ..
        } = wanted;
        let own = wanted_ids.len();
        let (before, after) = self.file.around();
        if mask.len() != ids.len() {
            let what = format!(
                "has {} and a mask of {}",
                counted(ids.len(), "id", "ids"),
                mask.len()
            );
            let promise = if ids.len() > own { 3 } else { 1 };
            let expected = "a mask as long as the ids";
            return flaw(promise, what, expected, "A model takes both in one shape.");
        }
        let own_ids = ids.get(..own);
        if own_ids != Some(wanted_ids) {
            let what = format!("has the ids {}", listed(ids));
            let room = own - before.len() - after.len();
            let from_the_end = [before, &all[all.len() - room..], after].concat();
            let without_closing =
                !after.is_empty() && own_ids.is_some_and(|ids| !ids.ends_with(after));
            let padded_in_front = ids.ends_with(wanted_ids) && ids.len() > own;
            let is_cut = wanted.left_out > 0;
            let kept = ids.len().saturating_sub(before.len() + after.len());
            let is_shorter = ids.len() < own && *ids == [before, &all[..kept], after].concat();
            let (promise, why) = if is_cut && own_ids == Some(&from_the_end) {
                (
                    2,
                    "The text was cut at its start. A limit takes tokens from the end.",
                )
            } else if padded_in_front {
                (
                    3,
                    "The padding stands in front. Its place is the end of a row.",
                )
            } else if is_cut && ids.len() > length {
                (2, "The limit counts the tokens around a text, too.")
            } else if is_cut && without_closing {
                (
                    2,
                    "The row has lost what stands after a text, as it stood there in every text on which the model was \
                     trained. Cut the text, and not what stands around it.",
                )
            } else if is_cut && ids.len() < own {
                (2, "The limit holds more of the text than the row has.")
            } else if is_shorter && limit.is_some() {
                (
                    2,
                    "The row is cut, and its request's limit holds all of it.",
                )
            } else if is_shorter {
                (2, "The row is cut, and its request has no limit.")
            } else {
                (
                    1,
                    "Ids are what the model reads: the text's, cut at its end, with what the tokenizer puts around it.",
                )
            };
            // Or of a whole word; or the tokenizer has not been given all of the text.
            let is_one_of_several = !self.whole.is_empty() || !is_cut && is_shorter;
            return flaw(promise, what, listed(wanted_ids), why).map(|flaw| Flaw {
                promise: flaw.promise.filter(|_| !is_one_of_several),
                ..flaw
            });
        }
        if ids.len() != length {
            let what = format!("is {} long", counted(ids.len(), "token", "tokens"));
            let as_the_longest = format!("{length}, as the longest row of its request");
            let (expected, why) = match (length > own, ids.len() > own) {
                _ if length == own && ids.len() > own => (
                    format!("{length}: the row has no padding"),
                    "Padding is for requests that ask for it, up to their longest row.",
                ),
                (_, true) => (
                    as_the_longest,
                    "Padding makes rows as long as the longest one, and no longer: what is more is computed for nothing.",
                ),
                _ => (
                    as_the_longest,
                    "The rows of a padded request make one rectangle.",
                ),
            };
            return flaw(3, what, expected, why);
        }
        let wanted_mask: Vec<u32> = (0..length).map(|at| u32::from(at < own)).collect();
        if *mask != wanted_mask {
            let what = format!("has the mask {} for the ids {}", listed(mask), listed(ids));
            let why = "The mask tells a model what to read: each token of the row, whatever it is, and no padding.";
            let promise = if mask[..own] == wanted_mask[..own] {
                3
            } else {
                1
            };
            return flaw(promise, what, listed(&wanted_mask), why);
        }
        let pad_ids = self.file.pad_ids();
        if let Some(id) = ids[own..].iter().find(|id| !pad_ids.contains(id)) {
            let what = format!("is padded with the id {id}");
            let why = "The id of padding is the file's, that of `[PAD]`, or 0.";
            return flaw(3, what, format!("one of {pad_ids:?}"), why);
        }
        if part == Part::All && *left_out != wanted.left_out {
            let what = format!("says that {left_out} of the text's tokens are left out");
            let expected = format!(
                "{}: the row has {} of the text's {} tokens",
                wanted.left_out,
                all.len() - wanted.left_out,
                all.len()
            );
            let why = "Whoever cannot see how much of a text was not read will blame the model.";
            return flaw(4, what, expected, why);
        }
        None
    }
}

/// What a row is, what it should be, and why.
struct Flaw {
    /// `None` where it may be one of several.
    promise: Option<usize>,
    what: String,
    expected: String,
    why: String,
}

#[expect(clippy::unnecessary_wraps, reason = "a row may have none")]
fn flaw(promise: usize, what: String, expected: impl Into<String>, why: &str) -> Option<Flaw> {
    Some(Flaw {
        promise: Some(promise),
        what,
        expected: expected.into(),
        why: why.to_owned(),
    })
}

/// The ids that the mask calls tokens.
fn own_ids(row: &Row) -> Vec<u32> {
    let ids = row.ids.iter().zip(&row.mask);
    ids.filter(|(_, mask)| **mask == 1)
        .map(|(id, _)| *id)
        .collect()
}

/// The result of `work`, or what its panic says.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| text_of(&*panic))
}

pub fn text_of(panic: &(dyn Any + Send)) -> String {
    checks::panic_text(panic)
        .unwrap_or("without a text")
        .to_owned()
}

fn shown(answer: &Result<Vec<Row>, EncodeError>) -> String {
    match answer {
        Err(error) => format!("{error:?}"),
        Ok(rows) => match rows.as_slice() {
            [] => "no rows and no error".to_owned(),
            [row] => format!("a row of {}", listed(&row.ids)),
            rows => format!("{} rows", rows.len()),
        },
    }
}

/// The start of a text.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let count = text.chars().count();
    if count <= MOST {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{start:?}… ({count} characters)")
}

/// Ids, the middle of long lists left out.
fn listed(ids: &[u32]) -> String {
    const SIDE: usize = 12;
    if ids.len() <= 2 * SIDE + 1 {
        return format!("{ids:?}");
    }
    let side = |ids: &[u32]| {
        let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
        ids.join(", ")
    };
    let (start, end) = (side(&ids[..SIDE]), side(&ids[ids.len() - SIDE..]));
    format!("[{start}, … {} more …, {end}]", ids.len() - 2 * SIDE)
}
