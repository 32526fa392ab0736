//! The class in a file of its own, so that the board may be ended and started again.

use anyhow::{Context, anyhow};
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{
    Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior, params,
};
use serde::Deserialize;

use crate::look::Look;
use crate::outline::Outline;
use crate::{code, csv};
use common::sending::Sending;

/// Learners of one class at the most.
pub const MOST_LEARNERS: i64 = 1000;

/// Tables of another version would be misread.
const VERSION: i64 = 2;

/// `since` is when a check began to pass or to fail and when a chapter began to compile or not to; `seen` is
/// when a learner was last heard of; all in milliseconds since 1970. `at` is the chapter that a learner was
/// last seen to change. A learner whom the instructor has removed is kept, so that it can be undone, and shown nowhere.
const TABLES: &str = "
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE learner (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        key TEXT NOT NULL,
        seen INTEGER NOT NULL,
        at TEXT,
        removed INTEGER NOT NULL DEFAULT FALSE
    ) STRICT;
    CREATE UNIQUE INDEX present_name ON learner (name) WHERE NOT removed;
    CREATE VIEW present AS SELECT * FROM learner WHERE NOT removed;
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

/// What a learner's workbook has sent.
#[derive(Debug)]
pub struct Arrived {
    /// The address that it came from.
    pub from: IpAddr,
    /// What it says.
    pub sending: Sending,
}

/// What became of a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is kept, but for so many chapters and checks that the instructor's workbook does not have.
    Kept {
        /// How many.
        unknown: usize,
    },
    /// Another learner of this class has this name, or one that looks like it.
    NameTaken,
    /// There are [`MOST_LEARNERS`] already.
    Full,
    /// The instructor takes no new learners.
    Closed,
    /// The instructor has removed this learner.
    Removed,
    /// Too many join at this moment.
    Wait,
}

/// What the instructor changes in a class. A learner is meant by the number that the class gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Whether the class takes no new learners.
    Closed(bool),
    /// Shows a learner no more, and refuses what this learner's workbook sends.
    Remove(i64),
    /// Undoes that.
    Readmit(i64),
}

/// Why a change was not made.
#[derive(Debug)]
pub enum Unchanged {
    /// No learner of this class has the number.
    NoSuchLearner,
    /// Another learner has the name by now, or one that looks like it.
    NameTaken,
    /// The file could not be written.
    File(anyhow::Error),
}

impl fmt::Display for Unchanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unchanged::NoSuchLearner => f.write_str("this learner is not in the class"),
            Unchanged::NameTaken => {
                f.write_str("another learner has this name by now, or one that looks like it")
            }
            Unchanged::File(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Unchanged {}

/// The database of one class.
pub struct Store {
    pub(crate) connection: Connection,
    file: PathBuf,
    /// The file and its journal, as they were opened.
    opened: [Option<Identity>; 2],
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
        Ok(Store {
            connection,
            opened: identities(file),
            file: file.to_owned(),
        })
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
            // A board whose disk is full can be opened and read.
            (None, Some(had)) => return Ok(had),
            (Some(wanted), _) => code::accept(wanted)?,
            (None, None) => code::new()?,
        };
        let keep = "INSERT OR REPLACE INTO setting VALUES ('code', ?1)";
        self.connection
            .execute(keep, [&code])
            .map_err(|error| self.error(&error))?;
        Ok(code)
    }

    /// Keeps what arrived at `now` (milliseconds since 1970) in one transaction: on an error nothing of it. Whom the class
    /// does not know joins if `may_join` says so of the address.
    pub fn keep<'a>(
        &mut self,
        outline: &Outline,
        arrived: impl IntoIterator<Item = &'a Arrived>,
        now: i64,
        mut may_join: impl FnMut(IpAddr) -> bool,
    ) -> rusqlite::Result<Vec<Answer>> {
        let now_or_wait = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(now_or_wait)?;
        let mut answers = Vec::new();
        for Arrived { from, sending } in arrived {
            answers.push(
                match learner(&transaction, sending, now, || may_join(*from))? {
                    Ok(learner) => Answer::Kept {
                        unknown: keep_one(&transaction, outline, learner, sending, now)?,
                    },
                    Err(refusal) => refusal,
                },
            );
        }
        transaction.commit()?;
        Ok(answers)
    }

    /// Makes what the instructor changes.
    pub fn change(&mut self, change: Change) -> Result<(), Unchanged> {
        let changed = self.try_to_change(change);
        if !self.is_in_place() {
            let shown = self.file.display();
            return Err(Unchanged::File(anyhow!("{shown} was deleted or replaced")));
        }
        changed.map_err(|error| Unchanged::File(self.error(&error)))?
    }

    fn try_to_change(&mut self, change: Change) -> rusqlite::Result<Result<(), Unchanged>> {
        let now_or_wait = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(now_or_wait)?;
        let (learner, removed) = match change {
            Change::Closed(closed) => {
                transaction.execute(
                    match closed {
                        true => "INSERT OR IGNORE INTO setting VALUES ('closed', '')",
                        false => "DELETE FROM setting WHERE name = 'closed'",
                    },
                    [],
                )?;
                return transaction.commit().map(Ok);
            }
            Change::Remove(learner) => (learner, true),
            Change::Readmit(learner) => (learner, false),
        };
        let name = "SELECT name FROM learner WHERE id = ?1";
        let name = transaction.query_row(name, [learner], |row| row.get::<_, String>(0));
        let Some(name) = name.optional()? else {
            return Ok(Err(Unchanged::NoSuchLearner));
        };
        let is_other = |like: &Named| like.id != learner;
        if !removed && alike(&transaction, &name)?.iter().any(is_other) {
            return Ok(Err(Unchanged::NameTaken));
        }
        let mark = "UPDATE learner SET removed = ?2 WHERE id = ?1";
        transaction.execute(mark, params![learner, removed])?;
        transaction.commit().map(Ok)
    }

    /// The learner of exactly this name, or else all whose names look like it.
    pub fn named(&self, name: &str) -> anyhow::Result<Vec<Named>> {
        let found = alike(&self.connection, name).map_err(|error| self.error(&error))?;
        match found.iter().find(|learner| learner.name == name) {
            Some(exactly) => Ok(vec![exactly.clone()]),
            None => Ok(found),
        }
    }

    /// Whether the class takes no new learners.
    pub fn is_closed(&self) -> anyhow::Result<bool> {
        is_closed(&self.connection).map_err(|error| self.error(&error))
    }

    /// Writes every verdict as CSV.
    pub fn export(&self, to: &mut impl std::io::Write) -> std::io::Result<()> {
        csv::write(&self.connection, to)
    }

    /// Whether the file and its journal are still those that were opened. What is written to a file that was deleted or
    /// replaced is gone when the board ends.
    pub fn is_in_place(&self) -> bool {
        identities(&self.file) == self.opened
    }

    /// Writes the class as it was into a new file, after its own was deleted or replaced. Says in one line what has happened,
    /// and what to do.
    pub fn rescue(&self) -> String {
        let shown = self.file.display();
        let happened = format!(
            "{shown} was deleted or replaced while the board is open, and nothing more is kept"
        );
        let copy = free(&self.file, "rescued");
        let folder = copy.parent().map_or(Ok(()), fs::create_dir_all);
        let copied = folder.map_err(anyhow::Error::from).and_then(|()| {
            let into = copy.display().to_string();
            let copied = self.connection.execute("VACUUM INTO ?1", [into]);
            Ok(copied?)
        });
        match copied {
            Ok(_) => format!(
                "{happened}: the class as it was is in {}; end the board, rename that file to {shown}, and start it again",
                copy.display()
            ),
            Err(error) => {
                format!("{happened}: the class as it was could not be written either ({error})")
            }
        }
    }

    /// Brings everything into the one file: until then some of it stands in the journal beside it. A journal whose file is
    /// gone is removed, as it would spoil another file of that name.
    pub fn settle(&self) -> anyhow::Result<()> {
        if !self.is_in_place() {
            if identities(&self.file)[1] == self.opened[1] {
                let _ = fs::remove_file(journal(&self.file));
            }
            return Ok(());
        }
        let settled = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        settled.map_err(|error| self.error(&error))
    }

    pub(crate) fn error(&self, error: &rusqlite::Error) -> anyhow::Error {
        file_error(&self.file, error)
    }
}

/// What a file is, whatever it is called: its device and its number there.
type Identity = (u64, u64);

fn identities(file: &Path) -> [Option<Identity>; 2] {
    [file, &journal(file)].map(|file| fs::metadata(file).ok().map(|data| identity(&data)))
}

fn journal(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

#[cfg(unix)]
fn identity(data: &fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (data.dev(), data.ino())
}

/// Windows lets nobody delete or replace a file that is open.
#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Identity {
    (0, 0)
}

/// The first name beside `file` that no file has.
fn free(file: &Path, what: &str) -> PathBuf {
    (1..)
        .map(|number| file.with_extension(format!("{what}-{number}.sqlite")))
        .find(|free| !free.exists())
        .expect("there is always a free number")
}

const MOVE_AWAY: &str = "move the file away, and those of its name beside it, to begin a new class";

fn file_error(file: &Path, error: &rusqlite::Error) -> anyhow::Error {
    let message = error.to_string();
    let message = message.lines().next().unwrap_or_default();
    let way_out = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => format!("; {MOVE_AWAY}"),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => {
            "; copy the folder to a disk that can be written".into()
        }
        _ => String::new(),
    };
    anyhow!("{}: {message}{way_out}", file.display())
}

/// Holds the class that is kept in `file` for one board, until what is returned is dropped.
pub fn hold(file: &Path) -> anyhow::Result<File> {
    let lock = file.with_extension("lock");
    let failed = |error: std::io::Error| {
        anyhow!(
            "{}: {error}; a board must be able to write beside its class",
            lock.display()
        )
    };
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
    let away = free(file, "cleared");
    fs::rename(file, &away).with_context(|| format!("{}", file.display()))?;
    Ok(away)
}

/// A learner whom the class shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The number that the class gave.
    pub id: i64,
    /// As the learner joined.
    pub name: String,
    key: String,
}

/// Everybody whose name is this one or looks like it.
fn alike(connection: &Connection, name: &str) -> rusqlite::Result<Vec<Named>> {
    let look = Look::of(name);
    let mut query = connection.prepare("SELECT id, name, key FROM present")?;
    let learners = query.query_map([], |row| {
        let (id, name, key) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Named { id, name, key })
    })?;
    learners
        .filter(|learner| match learner {
            Ok(learner) => learner.name == name || Look::of(&learner.name).is_like(&look),
            Err(_) => true,
        })
        .collect()
}

pub(crate) fn is_closed(connection: &Connection) -> rusqlite::Result<bool> {
    let closed = "SELECT EXISTS (SELECT 1 FROM setting WHERE name = 'closed')";
    connection.query_row(closed, [], |row| row.get(0))
}

/// Who has sent this: a learner of the class, or a new one.
fn learner(
    transaction: &Transaction,
    sending: &Sending,
    now: i64,
    may_join: impl FnOnce() -> bool,
) -> rusqlite::Result<Result<i64, Answer>> {
    let seen = |id: i64| {
        let seen = "UPDATE learner SET seen = ?2 WHERE id = ?1";
        transaction.execute(seen, [id, now]).map(|_| Ok(id))
    };
    let exactly = "SELECT id, key FROM present WHERE name = ?1";
    let exactly: Option<(i64, String)> = transaction
        .query_row(exactly, [&sending.name], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let is_taken = match exactly {
        Some((id, key)) if code::same(&key, &sending.key) => return seen(id),
        other => other.is_some(),
    };
    let has = |learners: &str| {
        let has = format!("SELECT EXISTS (SELECT 1 FROM {learners} WHERE key = ?1)");
        transaction.query_row(&has, [&sending.key], |row| row.get::<_, bool>(0))
    };
    // Another learner may have the name by now.
    if has("(SELECT key FROM learner WHERE removed)")? {
        return Ok(Err(Answer::Removed));
    }
    if is_taken {
        return Ok(Err(Answer::NameTaken));
    }
    let count = "SELECT count(*) FROM present";
    let count: i64 = transaction.query_row(count, [], |row| row.get(0))?;
    let refusal = match is_closed(transaction)? {
        true => Some(Answer::Closed),
        false => (count >= MOST_LEARNERS).then_some(Answer::Full),
    };
    if let Some(refusal) = refusal
        && !has("present")?
    {
        return Ok(Err(refusal));
    }
    if !may_join() {
        return Ok(Err(Answer::Wait));
    }
    let alike = alike(transaction, &sending.name)?;
    // Who is called Ada and comes back as ada is Ada.
    let back = alike
        .iter()
        .find(|learner| code::same(&learner.key, &sending.key));
    if let Some(back) = back {
        return seen(back.id);
    }
    if !alike.is_empty() {
        return Ok(Err(Answer::NameTaken));
    }
    if let Some(refusal) = refusal {
        return Ok(Err(refusal));
    }
    let new = "INSERT INTO learner (name, key, seen) VALUES (?1, ?2, ?3)";
    transaction.execute(new, params![sending.name, sending.key, now])?;
    Ok(Ok(transaction.last_insert_rowid()))
}

/// Keeps what a learner has sent. Returns of how many chapters and checks the outline knows nothing.
fn keep_one(
    transaction: &Transaction,
    outline: &Outline,
    learner: i64,
    sending: &Sending,
    now: i64,
) -> rusqlite::Result<usize> {
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
    Ok(unknown)
}
