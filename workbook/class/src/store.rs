//! The class in a file of its own, so that the board may be ended and started again.

use anyhow::{Context, anyhow};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior, params,
};

use crate::outline::Outline;
use crate::{code, csv};
use common::sending::Sending;

/// Learners of one class at the most.
pub const MOST_LEARNERS: i64 = 1000;

/// Tables of another version would be misread.
const VERSION: i64 = 1;

/// `since` is when a check began to pass or to fail and when a chapter began to compile or not to; `seen` is
/// when a learner was last heard of; all in milliseconds since 1970. `at` is the chapter that a learner was
/// last seen to change.
const TABLES: &str = "
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE learner (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        key TEXT NOT NULL,
        seen INTEGER NOT NULL,
        at TEXT
    ) STRICT;
    CREATE TABLE chapter (
        learner INTEGER NOT NULL REFERENCES learner,
        chapter TEXT NOT NULL,
        compiles INTEGER NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (learner, chapter)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE verdict (
        learner INTEGER NOT NULL REFERENCES learner,
        chapter TEXT NOT NULL,
        check_name TEXT NOT NULL,
        verdict TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (learner, chapter, check_name)
    ) STRICT, WITHOUT ROWID;";

/// What became of a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is kept, but for so many chapters and checks that the instructor's workbook does not have.
    Kept {
        /// How many.
        unknown: usize,
    },
    /// Another learner of this class has this name.
    NameTaken,
    /// There are [`MOST_LEARNERS`] already.
    Full,
}

/// The database of one class.
pub struct Store {
    pub(crate) connection: Connection,
    file: PathBuf,
}

impl Store {
    /// Opens the class that is kept in `file`, or begins one.
    pub fn open(file: &Path) -> anyhow::Result<Store> {
        let open = || {
            let connection = Connection::open(file)?;
            // A reader never waits for the writer; what is committed survives a power cut.
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.busy_timeout(Duration::from_secs(5))?;
            let version = |connection: &Connection| {
                connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
            };
            if version(&connection)? == 0 {
                let all =
                    format!("BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {VERSION}; COMMIT");
                connection.execute_batch(&all)?;
            }
            let version = version(&connection)?;
            Ok((connection, version))
        };
        let (connection, version) = open().map_err(|error| file_error(file, &error))?;
        if version != VERSION {
            return Err(anyhow!(
                "{}: of another version of the workbook; {MOVE_AWAY}",
                file.display()
            ));
        }
        let file = file.to_owned();
        Ok(Store { connection, file })
    }

    /// A second connection to the same file, to read while this one writes.
    pub fn again(&self) -> anyhow::Result<Store> {
        Store::open(&self.file)
    }

    /// The class's join code: `wanted`, or the one it had, or a new random one. It is kept, so that a board
    /// that was started again takes whom it took before.
    pub fn code(&self, wanted: Option<&str>) -> anyhow::Result<String> {
        let had = "SELECT value FROM setting WHERE name = 'code'";
        let had = self
            .connection
            .query_row(had, [], |row| row.get(0))
            .optional();
        let code = match (wanted, had.map_err(|error| self.error(&error))?) {
            (Some(wanted), _) => code::accept(wanted)?,
            (None, Some(had)) => had,
            (None, None) => code::new()?,
        };
        let keep = "INSERT OR REPLACE INTO setting VALUES ('code', ?1)";
        self.connection
            .execute(keep, [&code])
            .map_err(|error| self.error(&error))?;
        Ok(code)
    }

    /// Keeps what arrived at `now` (milliseconds since 1970) in one transaction: on an error nothing of it.
    pub fn keep<'a>(
        &mut self,
        outline: &Outline,
        arrived: impl IntoIterator<Item = &'a Sending>,
        now: i64,
    ) -> rusqlite::Result<Vec<Answer>> {
        let now_or_wait = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(now_or_wait)?;
        let answers = arrived
            .into_iter()
            .map(|sending| keep_one(&transaction, outline, sending, now))
            .collect::<Result<_, _>>()?;
        transaction.commit()?;
        Ok(answers)
    }

    /// Writes every verdict as CSV.
    pub fn export(&self, to: &mut impl std::io::Write) -> std::io::Result<()> {
        csv::write(&self.connection, to)
    }

    /// Brings everything into the one file: until then some of it stands in the journal beside it.
    pub fn settle(self) -> anyhow::Result<()> {
        let settled = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        settled.map_err(|error| self.error(&error))
    }

    pub(crate) fn error(&self, error: &rusqlite::Error) -> anyhow::Error {
        file_error(&self.file, error)
    }
}

const MOVE_AWAY: &str = "move the file away, and those of its name beside it, to begin a new class";

fn file_error(file: &Path, error: &rusqlite::Error) -> anyhow::Error {
    let said = error.to_string();
    let said = said.lines().next().unwrap_or_default();
    let way_out = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => format!("; {MOVE_AWAY}"),
        _ => String::new(),
    };
    anyhow!("{}: {said}{way_out}", file.display())
}

/// Holds the class that is kept in `file` for one board, until what is returned is dropped.
pub fn hold(file: &Path) -> anyhow::Result<File> {
    let lock = file.with_extension("lock");
    let failed = |error: std::io::Error| anyhow!("{}: {error}", lock.display());
    let held = File::create(&lock).map_err(failed)?;
    match held.try_lock() {
        Ok(()) => Ok(held),
        Err(TryLockError::WouldBlock) => Err(anyhow!(
            "the board of this class is open: end it first, with Ctrl-C in its terminal"
        )),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Ends a class that no board holds: its file gets another name, which is returned, and the next board begins anew.
pub fn put_away(file: &Path) -> anyhow::Result<PathBuf> {
    let store = Store::open(file)?;
    // Closed without a journal, the class is one file.
    store
        .connection
        .pragma_update(None, "journal_mode", "DELETE")
        .map_err(|error| store.error(&error))?;
    drop(store);
    let away = (1..)
        .map(|number| file.with_extension(format!("cleared-{number}.sqlite")))
        .find(|away| !away.exists())
        .expect("there is always a free number");
    fs::rename(file, &away).with_context(|| format!("{}", file.display()))?;
    Ok(away)
}

fn keep_one(
    transaction: &Transaction,
    outline: &Outline,
    sending: &Sending,
    now: i64,
) -> rusqlite::Result<Answer> {
    let learner = "SELECT id, key FROM learner WHERE name = ?1";
    let learner = transaction
        .query_row(learner, [&sending.name], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let learner: i64 = match learner {
        Some::<(i64, String)>((_, key)) if !code::same(&key, &sending.key) => {
            return Ok(Answer::NameTaken);
        }
        Some((id, _)) => {
            transaction.execute("UPDATE learner SET seen = ?2 WHERE id = ?1", [id, now])?;
            id
        }
        None => {
            let count = "SELECT count(*) FROM learner";
            let count: i64 = transaction.query_row(count, [], |row| row.get(0))?;
            if count >= MOST_LEARNERS {
                return Ok(Answer::Full);
            }
            let new = "INSERT INTO learner (name, key, seen) VALUES (?1, ?2, ?3)";
            transaction.execute(new, params![sending.name, sending.key, now])?;
            transaction.last_insert_rowid()
        }
    };

    // A row that says the same already is not written: a learner who says everything again costs little.
    let mut keep_chapter = transaction.prepare(
        "INSERT INTO chapter VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
         SET compiles = excluded.compiles, since = excluded.since WHERE compiles <> excluded.compiles",
    )?;
    let mut keep_check = transaction.prepare(
        "INSERT INTO verdict VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE
         SET verdict = excluded.verdict,
             since = iif((verdict = 'passed') = (excluded.verdict = 'passed'), since, excluded.since)
         WHERE verdict <> excluded.verdict",
    )?;
    let mut unknown = 0;
    let mut at = None;
    for (name, verdict) in &sending.chapters {
        let Some(known) = outline.chapter(name) else {
            unknown += 1;
            continue;
        };
        let mut changed = keep_chapter.execute(params![learner, name, verdict.compiles, now])?;
        for (check, state) in &verdict.checks {
            if !known.checks.contains(check) {
                unknown += 1;
                continue;
            }
            changed += keep_check.execute(params![learner, name, check, state.as_str(), now])?;
        }
        if changed > 0 {
            at = Some(name);
        }
    }
    if let Some(at) = at {
        transaction.execute(
            "UPDATE learner SET at = ?2 WHERE id = ?1",
            params![learner, at],
        )?;
    }
    Ok(Answer::Kept { unknown })
}
