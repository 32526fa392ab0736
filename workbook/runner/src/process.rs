use anyhow::Context;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap};

/// How a bounded process ended, and what it printed.
pub struct Ended {
    /// `None`: it did not end in time, and was ended with all its children.
    pub status: Option<ExitStatus>,
    /// What it printed to its standard output; of much, the beginning.
    pub stdout: String,
    /// What it printed to its standard error; of much, the beginning.
    pub stderr: String,
}

/// Of what a process prints, this much is kept: a learner's loop may print for ever.
const KEPT_BYTES: u64 = 4 << 20;

/// How often a running process is asked whether it has ended. It bounds the delay, not the verdict.
const POLL: Duration = Duration::from_millis(2);

/// After a group has ended its pipes close at once, unless a process left the group and kept them.
const GRACE: Duration = Duration::from_secs(2);

type Group = Arc<Mutex<Box<dyn ChildWrapper>>>;

/// The process groups that run now: what Ctrl-C has to end.
static RUNNING: Mutex<Vec<Group>> = Mutex::new(Vec::new());

/// Runs `command` in a process group (on Windows a job) of its own and ends the whole group after
/// `limit`, or when its first process has ended.
pub fn run_bounded(mut command: Command, limit: Duration) -> std::io::Result<Ended> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    wrapped.wrap(process_wrap::std::JobObject);

    let group: Group;
    let (stdout, stderr);
    {
        // Held over the start, so that a Ctrl-C sees either no process or a registered one.
        let mut running = lock(&RUNNING);
        let mut child = wrapped.spawn()?;
        stdout = child.stdout().take().map(keep_reading);
        stderr = child.stderr().take().map(keep_reading);
        group = Arc::new(Mutex::new(child));
        running.push(Arc::clone(&group));
    }

    let deadline = Instant::now() + limit;
    let status = loop {
        if let Some(status) = lock(&group).try_wait()? {
            break Some(status);
        }
        if Instant::now() >= deadline {
            break None;
        }
        thread::sleep(POLL);
    };
    // Also after a normal end: what the first process left running would hold the pipes open.
    end(&group);
    lock(&RUNNING).retain(|other| !Arc::ptr_eq(other, &group));

    let text = |reader: Option<Receiver<Vec<u8>>>| {
        let bytes = reader
            .and_then(|bytes| bytes.recv_timeout(GRACE).ok())
            .unwrap_or_default();
        String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
    };
    Ok(Ended {
        status,
        stdout: text(stdout),
        stderr: text(stderr),
    })
}

/// From now on Ctrl-C (and a termination signal) ends every process that a check has started, then
/// this one, with exit code 130.
pub fn end_all_on_ctrl_c() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        // The lock is kept until the exit: nothing new can start.
        let running = lock(&RUNNING);
        running.iter().for_each(end);
        std::process::exit(130);
    })
    .context("cannot watch for Ctrl-C")
}

fn end(group: &Group) {
    let mut child = lock(group);
    // An error here says that nobody is left in the group.
    let _ = child.start_kill();
    let _ = child.wait();
}

/// Reads until the pipe closes, so that a process that prints much never waits for us.
fn keep_reading(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = pipe.by_ref().take(KEPT_BYTES).read_to_end(&mut kept);
        let _ = std::io::copy(&mut pipe, &mut std::io::sink());
        let _ = send.send(kept);
    });
    receive
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
