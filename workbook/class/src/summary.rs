//! What the board shows: how far the room is, and how far each learner.

use std::collections::HashMap;

use rusqlite::Connection;
use serde::Serialize;

use crate::outline::{Chapter, Outline};
use crate::store::is_closed;

/// The board at one moment. Times are in milliseconds since 1970, by this machine's clock.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// Every chapter, in the book's order.
    pub chapters: Vec<ChapterSummary>,
    /// Every learner, by name.
    pub learners: Vec<LearnerSummary>,
    /// Those whom the instructor has removed, by name.
    pub removed: Vec<Removed>,
    /// Whether the class takes no new learners.
    pub closed: bool,
}

/// A learner whom the instructor has removed.
#[derive(Debug, Serialize)]
pub struct Removed {
    /// The number that the class gave.
    pub id: i64,
    /// As the learner joined.
    pub name: String,
}

/// How far the room is with one chapter.
#[derive(Debug, Serialize)]
pub struct ChapterSummary {
    /// `chNN-name`.
    pub name: String,
    /// As its page is called.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Learners who have changed its exercise.
    pub begun: usize,
    /// Learners who pass all of it.
    pub done: usize,
    /// Learners whose code does not compile now.
    pub broken: usize,
    /// Every check, in the chapter's order.
    pub checks: Vec<CheckSummary>,
}

/// How far the room is with one check.
#[derive(Debug, Clone, Serialize)]
pub struct CheckSummary {
    /// Its name as a sentence.
    pub sentence: String,
    /// Learners who pass it.
    pub passed: usize,
    /// Learners who have begun the chapter and do not pass it.
    pub stuck: usize,
    /// Since when the first of these has not passed it.
    pub since: Option<i64>,
}

/// How far one learner is.
#[derive(Debug, Serialize)]
pub struct LearnerSummary {
    /// The number that the class gave.
    pub id: i64,
    /// As the learner joined.
    pub name: String,
    /// When the board last heard of this learner.
    pub seen: i64,
    /// Where the learner works.
    pub at: Option<At>,
}

/// How far a learner is with the chapter that last changed.
#[derive(Debug, Serialize)]
pub struct At {
    /// `chNN-name`.
    pub chapter: String,
    /// Whether it compiles now.
    pub compiles: bool,
    /// Checks passed when it last compiled.
    pub passed: usize,
    /// Checks that it has.
    pub checks: usize,
    /// The first check that does not pass, as a sentence.
    pub stuck: Option<String>,
    /// Since when it does not compile, or else that check does not pass.
    pub since: Option<i64>,
}

/// Reads it all in one transaction.
pub fn read(connection: &mut Connection, outline: &Outline) -> rusqlite::Result<Summary> {
    let transaction = connection.transaction()?;
    let mut chapters: Vec<ChapterSummary> = outline.0.iter().map(nobody_has_begun).collect();
    let mut rooms: HashMap<(i64, usize), Work> = HashMap::new();
    let number: HashMap<&str, usize> = names(outline.0.iter().map(|chapter| &chapter.name));
    let checks: Vec<HashMap<&str, usize>> = outline
        .0
        .iter()
        .map(|chapter| names(&chapter.checks))
        .collect();

    let mut query = transaction.prepare(
        "SELECT learner, chapter, compiles, since FROM chapter JOIN present ON present.id = learner",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        // Of a later version of the workbook, perhaps.
        let Some(&chapter) = number.get(row.get_ref(1)?.as_str()?) else {
            continue;
        };
        let (compiles, since) = (row.get(2)?, row.get(3)?);
        let states = vec![None; checks[chapter].len()];
        let work = Work {
            compiles,
            since,
            states,
        };
        rooms.insert((row.get(0)?, chapter), work);
    }
    let mut query = transaction
        .prepare("SELECT learner, chapter, check_name, verdict = 'passed', since FROM verdict")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let Some(&chapter) = number.get(row.get_ref(1)?.as_str()?) else {
            continue;
        };
        let Some(&check) = checks[chapter].get(row.get_ref(2)?.as_str()?) else {
            continue;
        };
        if let Some(work) = rooms.get_mut(&(row.get(0)?, chapter)) {
            work.states[check] = Some((row.get(3)?, row.get(4)?));
        }
    }
    for ((_, chapter), work) in &rooms {
        add(&mut chapters[*chapter], work);
    }

    let mut learners = Vec::new();
    let mut query = transaction
        .prepare("SELECT id, name, seen, at FROM present ORDER BY name COLLATE NOCASE")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let at: Option<String> = row.get(3)?;
        let chapter = at.and_then(|at| number.get(at.as_str()).copied());
        let work = chapter.and_then(|chapter| Some((chapter, rooms.get(&(id, chapter))?)));
        learners.push(LearnerSummary {
            id,
            name: row.get(1)?,
            seen: row.get(2)?,
            at: work.map(|(chapter, work)| where_at(&outline.0[chapter], work)),
        });
    }
    let mut query = transaction
        .prepare("SELECT id, name FROM learner WHERE removed ORDER BY name COLLATE NOCASE")?;
    let removed = query.query_map([], |row| {
        let (id, name) = (row.get(0)?, row.get(1)?);
        Ok(Removed { id, name })
    });
    Ok(Summary {
        removed: removed?.collect::<Result<_, _>>()?,
        closed: is_closed(&transaction)?,
        chapters,
        learners,
    })
}

/// One learner's work on one chapter: of each check whether it passes and since when.
struct Work {
    compiles: bool,
    since: i64,
    states: Vec<Option<(bool, i64)>>,
}

fn names<'a>(names: impl IntoIterator<Item = &'a String>) -> HashMap<&'a str, usize> {
    let numbered = names.into_iter().enumerate();
    numbered
        .map(|(number, name)| (name.as_str(), number))
        .collect()
}

fn nobody_has_begun(chapter: &Chapter) -> ChapterSummary {
    let check = |name: &String| CheckSummary {
        sentence: sentence(name),
        passed: 0,
        stuck: 0,
        since: None,
    };
    ChapterSummary {
        name: chapter.name.clone(),
        title: chapter.title.clone(),
        subject: chapter.subject.clone(),
        begun: 0,
        done: 0,
        broken: 0,
        checks: chapter.checks.iter().map(check).collect(),
    }
}

fn sentence(check: &str) -> String {
    check.replace('_', " ")
}

fn passes(state: &Option<(bool, i64)>) -> bool {
    matches!(state, Some((true, _)))
}

fn add(chapter: &mut ChapterSummary, work: &Work) {
    chapter.begun += 1;
    chapter.broken += usize::from(!work.compiles);
    chapter.done += usize::from(work.compiles && work.states.iter().all(passes));
    for (check, state) in chapter.checks.iter_mut().zip(&work.states) {
        if passes(state) {
            check.passed += 1;
        } else {
            // A check without a state belongs to a chapter that has not compiled yet.
            let since = state.map_or(work.since, |(_, since)| since);
            check.stuck += 1;
            check.since = Some(check.since.map_or(since, |first| first.min(since)));
        }
    }
}

fn where_at(chapter: &Chapter, work: &Work) -> At {
    let first = work.states.iter().position(|state| !passes(state));
    let failing = first.map(|first| work.states[first].map_or(work.since, |(_, since)| since));
    At {
        chapter: chapter.name.clone(),
        compiles: work.compiles,
        passed: work.states.iter().filter(|state| passes(state)).count(),
        checks: work.states.len(),
        stuck: first.map(|first| sentence(&chapter.checks[first])),
        since: if work.compiles {
            failing
        } else {
            Some(work.since)
        },
    }
}
