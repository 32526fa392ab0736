//! One check as a process of its own, and what its end says.

use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{fs, io};

use crate::CheckState;
use crate::process::{End, Ended, Limit, MEMORY, TASKS, run_until};

/// The last test of each program of checks, `checks::earned!()`: it writes what the runner gave it, so that a process that
/// ended before it, or printed a result of its own, is not taken for one whose check has passed.
pub(crate) const LAST_TEST: &str = "zz_earned";

/// The test program of a chapter.
pub(crate) struct CheckProcess {
    pub executable: PathBuf,
    /// Where it runs: the chapter's folder.
    pub folder: PathBuf,
    /// The environment variable [`RUN`] of all checks of one run, and of all that they start.
    pub run: String,
    /// Set when another check has said enough: the rest of the run is of no interest.
    pub stop: AtomicBool,
}

/// By this variable a process that a check has started is known again, also where it left the check's group.
const RUN: &str = "CHECK_RUN";

/// Bytes of the largest file that a check may write.
#[cfg(unix)]
const FILE: u64 = 1 << 30;

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
    /// Runs one check for `limit` of processor time at the most, or until [`CheckProcess::stop`] is set.
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
            .env("CHECK_PROMISE", &promise)
            .env(RUN, &self.run);
        #[cfg(unix)]
        bound(&mut command, limit);
        let ended = run_until(command, Limit::Work(limit), &self.stop)?;
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

/// Bounds what the check, and each process that it starts, may use. Of processor time that is a last net, for when nobody is
/// left who watches: a while more than the runner itself allows.
#[cfg(unix)]
fn bound(command: &mut Command, limit: Duration) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    #[cfg(target_os = "linux")]
    use rustix::process::{getpid, set_child_subreaper};
    use std::os::unix::process::CommandExt;
    let seconds = limit.as_secs() + 10;
    let bounds = [
        (Resource::Cpu, seconds),
        (Resource::Data, MEMORY),
        (Resource::Fsize, FILE),
    ];
    let set = move || {
        for (resource, most) in bounds {
            let Rlimit { current, maximum } = getrlimit(resource);
            let least = |own: Option<u64>| Some(own.map_or(most, |own| own.min(most)));
            let (current, maximum) = (least(current), least(maximum));
            setrlimit(resource, Rlimit { current, maximum })?;
        }
        // What its children leave behind stays among its descendants, and is counted.
        #[cfg(target_os = "linux")]
        set_child_subreaper(Some(getpid()))?;
        Ok(())
    };
    // SAFETY: between fork and exec it makes system calls alone, and allocates nothing.
    unsafe { command.pre_exec(set) };
}

/// A name of its own for a run: the number of its process comes first.
pub(crate) fn name_of_run() -> String {
    format!("{}-{:?}", std::process::id(), SystemTime::now())
}

/// Ends the processes that the checks of a run have started and that left their groups, as a daemon does; and those of runs
/// whose own process was killed.
#[cfg(target_os = "linux")]
pub(crate) fn end_left_behind(run: &str) {
    use rustix::process::{Pid, Signal, kill_process};
    // In a container other numbers say which process is alive.
    let numbers = |process: &str| fs::read_link(format!("/proc/{process}/ns/pid")).ok();
    let own_numbers = numbers("self");
    let is_over = |other: &str, process: i32| {
        let runner = other.split('-').next().unwrap_or_default();
        let is_killed = || {
            numbers(&process.to_string()) == own_numbers
                && !PathBuf::from("/proc").join(runner).exists()
        };
        other == run || is_killed()
    };
    let mark = format!("{RUN}=");
    let is_marked = |process: &i32| {
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        let mut variables = environment.split(|&byte| byte == 0);
        variables
            .find_map(|variable| variable.strip_prefix(mark.as_bytes()))
            .is_some_and(|run| is_over(&String::from_utf8_lossy(run), *process))
    };
    // One that is just starting another one is found with the next look.
    for _ in 0..100 {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let processes = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let left: Vec<i32> = processes.filter(is_marked).collect();
        if left.is_empty() {
            return;
        }
        for process in left.into_iter().filter_map(Pid::from_raw) {
            let _ = kill_process(process, Signal::KILL);
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn end_left_behind(_: &str) {}

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
        End::TooMany => {
            let message = format!(
                "had more than {TASKS} threads and processes, all that a check may, and was ended"
            );
            return (CheckState::Failed, message, None);
        }
        End::Stopped => {
            let message = "was stopped: another check had said enough";
            return (CheckState::DidNotRun, message.to_owned(), None);
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
        Some((mut message, at)) => {
            if message.starts_with("failed to spawn thread") {
                message = format!(
                    "{message}: a check may have {TASKS} threads and processes, and {} GiB of memory with the stack of each",
                    gib(MEMORY)
                );
            }
            (CheckState::Failed, message, Some(at))
        }
        None => {
            let message = reached_a_bound(status, &ended.stderr)
                .unwrap_or_else(|| without_a_panic(status, ended));
            (CheckState::Failed, message, None)
        }
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

fn gib(bytes: u64) -> u64 {
    bytes >> 30
}

/// What a check used too much of, if that ended it.
fn reached_a_bound(status: ExitStatus, stderr: &str) -> Option<String> {
    let refused = stderr.lines().rev().take(8);
    let mut refused = refused.filter(|line| line.starts_with("memory allocation of "));
    match refused.next() {
        Some(refused) => Some(format!(
            "used more than {} GiB of memory, all that a check may, and was ended: {refused}",
            gib(MEMORY)
        )),
        None => sent_a_signal(status),
    }
}

/// What a check used too much of, if the system sent it a signal for that.
#[cfg(unix)]
fn sent_a_signal(status: ExitStatus) -> Option<String> {
    use rustix::process::Signal;
    use std::os::unix::process::ExitStatusExt;
    match status.signal().and_then(Signal::from_named_raw)? {
        Signal::XFSZ => Some(format!(
            "wrote a file larger than {} GiB, which a check may not, and was ended",
            gib(FILE)
        )),
        Signal::XCPU => Some("used more processor time than a check may, and was ended".into()),
        _ => None,
    }
}

#[cfg(not(unix))]
fn sent_a_signal(_: ExitStatus) -> Option<String> {
    None
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
