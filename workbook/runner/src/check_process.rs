//! One check as a process of its own, and what its end says.

use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{fs, io};

use crate::CheckState;
use crate::process::{End, Ended, Limit, run_bounded};

/// The last test of each program of checks, `checks::earned!()`: it writes what the runner gave it, so that a process that
/// ended before it, or printed a result of its own, is not taken for one whose check has passed.
pub(crate) const LAST_TEST: &str = "zz_earned";

/// The test program of a chapter.
pub(crate) struct CheckProcess {
    pub executable: PathBuf,
    /// Where it runs: the chapter's folder.
    pub folder: PathBuf,
}

/// How a check ended.
pub(crate) struct CheckEnd {
    pub state: CheckState,
    /// Empty if it passed.
    pub message: String,
    /// `file:line`.
    pub at: Option<String>,
    pub trace: Option<serde_json::Value>,
    /// The number of the promise that was broken, if the check says it.
    pub promise: Option<usize>,
}

impl CheckEnd {
    /// The machine has no thread, process or file left for it.
    pub(crate) fn did_not_start(error: &io::Error) -> CheckEnd {
        CheckEnd {
            state: CheckState::DidNotRun,
            message: format!("does not start: {error}"),
            at: None,
            trace: None,
            promise: None,
        }
    }
}

impl CheckProcess {
    /// Runs one check for `limit` of processor time at the most.
    pub(crate) fn run(&self, name: &str, limit: Duration) -> CheckEnd {
        self.try_run(name, limit)
            .unwrap_or_else(|error| CheckEnd::did_not_start(&error))
    }

    fn try_run(&self, name: &str, limit: Duration) -> io::Result<CheckEnd> {
        let folder = tempfile::tempdir()?;
        let [earned, trace, promise] =
            ["earned", "trace", "promise"].map(|name| folder.path().join(name));
        let nonce = format!("{:?}", SystemTime::now().duration_since(UNIX_EPOCH));
        let mut command = Command::new(&self.executable);
        command
            .args(["--exact", "--nocapture", "--test-threads=1"])
            .args([name, LAST_TEST].map(|test| format!("check::{test}")))
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("RUST_BACKTRACE", "0")
            .env("CHECK_EARNED", &earned)
            .env("CHECK_NONCE", &nonce)
            .env("CHECK_TRACE", &trace)
            .env("CHECK_PROMISE", &promise);
        let ended = run_bounded(command, Limit::Work(limit))?;
        let is_earned = fs::read_to_string(&earned).is_ok_and(|written| written == nonce);
        let (state, message, at) = read_end(name, &ended, is_earned, limit);
        let written = |file: PathBuf| match state {
            CheckState::Passed => None,
            _ => fs::read_to_string(file).ok(),
        };
        Ok(CheckEnd {
            state,
            message,
            at,
            trace: written(trace).and_then(|trace| serde_json::from_str(&trace).ok()),
            promise: written(promise).and_then(|number| number.parse().ok()),
        })
    }
}

fn read_end(
    name: &str,
    ended: &Ended,
    is_earned: bool,
    limit: Duration,
) -> (CheckState, String, Option<String>) {
    let seconds = limit.as_secs();
    let timed_out = |message: String| (CheckState::TimedOut, message, None);
    let status = match ended.end {
        End::Itself(status) => status,
        End::UsedUp => {
            return timed_out(format!(
                "used {seconds} s of processor time and was stopped: far too slow, or a loop that never ends"
            ));
        }
        End::Stuck => {
            return timed_out(format!(
                "was stopped after {seconds} s in which it came to a stand: a thread waits for what never comes"
            ));
        }
        End::Late => {
            return timed_out(format!("did not end within {seconds} s and was stopped"));
        }
    };
    let ran = ended.stdout.contains(&format!("test check::{name} ... "));
    match panic_of(name, &ended.stderr) {
        _ if status.success() && ran && is_earned => (CheckState::Passed, String::new(), None),
        _ if status.success() && is_earned || ended.stdout.contains("running 0 tests") => {
            let message = format!(
                "`check::{name}` did not run: keep `#[cfg(test)] mod check;` in src/lib.rs, and src/check.rs as shipped"
            );
            (CheckState::DidNotRun, message, None)
        }
        _ if status.success() => {
            let message = "the code ended the check's process before the check was done: a library leaves that to its caller";
            (CheckState::Failed, message.to_owned(), None)
        }
        Some((message, at)) => (CheckState::Failed, message, Some(at)),
        None => (CheckState::Failed, without_a_panic(status, ended), None),
    }
}

/// The message and place of the check's own last panic, or else of any thread's.
fn panic_of(name: &str, stderr: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = stderr.lines().collect();
    let heads: Vec<(usize, &str, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| {
            let (thread, place) = line.strip_prefix("thread '")?.split_once("panicked at ")?;
            Some((
                index,
                thread.split('\'').next()?,
                place.trim_end_matches(':'),
            ))
        })
        .collect();
    let own = format!("check::{name}");
    let (head, _, place) = heads
        .iter()
        .rev()
        .find(|(_, thread, _)| *thread == own || *thread == "main")
        .or(heads.last())?;
    let message: Vec<&str> = lines[head + 1..]
        .iter()
        .take_while(|line| !line.starts_with("note: run with `RUST_BACKTRACE="))
        .take_while(|line| !(line.starts_with("thread '") && line.contains("panicked at ")))
        .copied()
        .collect();
    // `file:line:column`; the column only makes the line longer.
    let place = place
        .rsplit_once(':')
        .map_or(*place, |(file_and_line, _)| file_and_line);
    Some((
        message.join("\n").trim_end().to_owned(),
        place.replace('\\', "/"),
    ))
}

fn without_a_panic(status: ExitStatus, ended: &Ended) -> String {
    let last: Vec<&str> = ended
        .stderr
        .lines()
        .rev()
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    format!(
        "the check's process ended without a verdict ({status})\n{}",
        last.join("\n")
    )
    .trim_end()
    .to_owned()
}
