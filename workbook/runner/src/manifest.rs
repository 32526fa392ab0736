use serde::de::Error;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// What `chapter.toml` says of a chapter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The page's title.
    pub title: String,
    /// What the chapter is about, in the words that people search for.
    pub subject: String,
    /// Other names of the pitfall.
    pub also_called: Vec<String>,
    /// What a search engine shows of the page, in 40 to 160 characters.
    pub description: Spanned<String>,
    /// What somebody sees who is in trouble: each is a row of the start page.
    pub symptoms: Vec<String>,
    /// What stays with a reader who has solved it, in one line.
    pub learned: String,
    /// How long the chapter takes in a workshop.
    pub minutes: Minutes,
    /// The checks to pass when time is short.
    pub short_goal: Vec<Spanned<String>>,
    /// Where to look; what is wrong; almost the code.
    #[serde(deserialize_with = "three_hints")]
    pub hints: [String; 3],
    /// Every check of the chapter, in the order in which a learner should meet them.
    #[serde(rename = "check")]
    pub checks: Vec<Check>,
    /// Tempting fixes that the checks refuse.
    #[serde(rename = "wrong", default)]
    pub wrong: Vec<Wrong>,
    /// What an audit finds in the exercise as the workbook ships it.
    #[serde(default)]
    pub audit: Audit,
}

/// Minutes in a workshop.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// Minutes that the instructor talks.
    pub talk: u32,
    /// Minutes that the room works.
    pub exercise: u32,
    /// Minutes that the room works when time is short, on the short goal.
    pub short: u32,
}

/// One check, and what the shipped crate does with it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The test function's name: a sentence in snake case.
    pub name: Spanned<String>,
    /// Whether the shipped crate passes it.
    pub shipped: Shipped,
    /// The numbers of the promises that it tests, as the exercise's README counts them.
    #[serde(default)]
    pub promises: Vec<Spanned<usize>>,
    /// Seconds of processor time that it may take, where the usual limit does not fit.
    pub limit: Option<u64>,
    /// Whether it runs while no other check does: it counts threads, say, or takes all of the memory.
    #[serde(default)]
    pub alone: bool,
}

/// What the shipped crate does with a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shipped {
    /// It passes already: there to catch a fix that breaks it.
    Passes,
    /// It fails: the learner's work.
    Fails,
}

/// A tempting fix in `wrong/` that the checks refuse.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// File name inside `wrong/`: a whole `lib.rs`, or the sections that differ from another one.
    pub file: Spanned<String>,
    /// What its sections are laid over.
    #[serde(default)]
    pub on: Base,
    /// Exactly the checks that refuse it.
    pub fails: Vec<Spanned<String>>,
    /// Why a good engineer tries it, and why it does not hold.
    pub why: String,
    /// What an audit finds in it.
    #[serde(default)]
    pub audit: Audit,
}

/// What an audit finds in a text.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Audit {
    /// The rules that find something, as `nan::partial_cmp_unwrap`, in any order.
    Finds(Vec<String>),
    /// Nothing: why no syntax shows what is wrong.
    Nothing(String),
}

impl Default for Audit {
    fn default() -> Self {
        Audit::Finds(Vec::new())
    }
}

/// The text that sections are laid over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Base {
    /// The chapter's solution.
    #[default]
    Solution,
    /// The exercise as the workbook ships it.
    Shipped,
}

/// An array takes the first three of more, in silence.
fn three_hints<'de, D: Deserializer<'de>>(hints: D) -> Result<[String; 3], D::Error> {
    Vec::deserialize(hints)?
        .try_into()
        .map_err(|hints: Vec<String>| {
            D::Error::custom(format!(
                "{} hints: write three: where to look, what is wrong, almost the code",
                hints.len()
            ))
        })
}

impl Check {
    /// The check's name as a sentence.
    pub fn sentence(&self) -> String {
        self.name.get_ref().replace('_', " ")
    }
}
