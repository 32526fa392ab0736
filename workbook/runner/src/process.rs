use std::collections::VecDeque;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use process_wrap::std::{ChildWrapper, CommandWrap};

/// How long a process may take.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// By the clock on the wall.
    Wall(Duration),
    /// By the processor time that it uses: a machine with other work makes no process slower. One that does nothing any
    /// more is ended too. Where the system does not tell what a process uses, the clock on the wall counts.
    Work(Duration),
}

/// How a bounded process ended, and what it printed.
pub struct Ended {
    /// How it ended.
    pub end: End,
    /// What it printed to its standard output; of much, the beginning and the end.
    pub stdout: String,
    /// What it printed to its standard error; of much, the beginning and the end.
    pub stderr: String,
}

impl Ended {
    /// None, if it did not end by itself.
    pub fn status(&self) -> Option<ExitStatus> {
        match self.end {
            End::Itself(status) => Some(status),
            End::Late | End::UsedUp | End::Stuck => None,
        }
    }
}

/// How a bounded process ended. All but the first ended it, and all that it had started.
#[derive(Debug, Clone, Copy)]
pub enum End {
    /// By itself.
    Itself(ExitStatus),
    /// It did not end in time.
    Late,
    /// It used as much processor time as it may.
    UsedUp,
    /// Its time on the wall was over, and it did nothing any more.
    Stuck,
}

/// Of what a process prints, this much is kept from the beginning, and as much from the end: a learner's loop may print for
/// ever.
const KEPT_BYTES: usize = 4 << 20;

/// How often a running process is asked whether it has ended. It bounds the delay, not the verdict.
const POLL: Duration = Duration::from_millis(2);

/// After a group has ended its pipes close at once, unless a process left the group and kept them.
const GRACE: Duration = Duration::from_secs(2);

type Group = Arc<Mutex<Box<dyn ChildWrapper>>>;

/// The process groups that run now: what Ctrl-C has to end.
static RUNNING: Mutex<Vec<Group>> = Mutex::new(Vec::new());

/// A process that has used no processor time for so long does nothing any more.
const IDLE: Duration = Duration::from_secs(5);

/// How often its processor time is asked for, which costs some itself. It bounds the delay, not the verdict.
const LOOK: Duration = Duration::from_millis(50);

/// One that always does a little is ended after so many times its limit.
const PATIENT: u32 = 10;

/// Runs `command` in a process group (on Windows a job) of its own and ends the whole group at its
/// limit, or when its first process has ended.
pub fn run_bounded(mut command: Command, limit: Limit) -> std::io::Result<Ended> {
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

    let mut watch = Watch::new(limit);
    let end = loop {
        let (status, id) = {
            let mut child = lock(&group);
            (child.try_wait()?, child.id())
        };
        if let Some(status) = status {
            break End::Itself(status);
        }
        if let Some(end) = watch.look(id) {
            break end;
        }
        thread::sleep(POLL);
    };
    // Also after a normal end: what the first process left running would hold the pipes open.
    end_all(&group);
    lock(&RUNNING).retain(|other| !Arc::ptr_eq(other, &group));

    let text = |reader: Option<Receiver<Vec<u8>>>| {
        let bytes = reader
            .and_then(|bytes| bytes.recv_timeout(GRACE).ok())
            .unwrap_or_default();
        printable(&String::from_utf8_lossy(&bytes))
    };
    Ok(Ended {
        end,
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
        running.iter().for_each(end_all);
        std::process::exit(130);
    })
    .context("cannot watch for Ctrl-C")
}

fn end_all(group: &Group) {
    let mut child = lock(group);
    // An error here says that nobody is left in the group.
    let _ = child.start_kill();
    let _ = child.wait();
}

/// Says when a running process has had its time.
struct Watch {
    limit: Limit,
    start: Instant,
    /// The processor time that it had used when it was last seen to use some, and when that was.
    used: (Duration, Instant),
    looked: Instant,
}

impl Watch {
    fn new(limit: Limit) -> Watch {
        let start = Instant::now();
        Watch {
            limit,
            start,
            used: (Duration::ZERO, start),
            looked: start,
        }
    }

    fn look(&mut self, process: u32) -> Option<End> {
        let now = Instant::now();
        let on_the_wall = now - self.start;
        match self.limit {
            Limit::Wall(limit) => (on_the_wall >= limit).then_some(End::Late),
            Limit::Work(_) if now - self.looked < LOOK => None,
            Limit::Work(limit) => {
                self.looked = now;
                let Some(used) = processor_time(process) else {
                    return (on_the_wall >= limit).then_some(End::Late);
                };
                if used > self.used.0 {
                    self.used = (used, now);
                }
                let is_idle = now - self.used.1 >= IDLE.min(limit);
                match () {
                    () if used >= limit => Some(End::UsedUp),
                    () if on_the_wall >= limit && is_idle => Some(End::Stuck),
                    () if on_the_wall >= limit * PATIENT => Some(End::Late),
                    () => None,
                }
            }
        }
    }
}

/// What all threads of a process have used together; `None` where it cannot be known.
#[cfg(target_os = "linux")]
fn processor_time(process: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in brackets, may hold blanks. The 12th and 13th field after it are user and system time in ticks.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    // SAFETY: `sysconf` only reads a number of the system.
    let per_second = unsafe { libc::sysconf(libc::_SC_CLK_TCK) };
    let per_second = u64::try_from(per_second).ok().filter(|&ticks| ticks > 0)?;
    Some(Duration::from_millis(ticks * 1000 / per_second))
}

#[cfg(not(target_os = "linux"))]
fn processor_time(_: u32) -> Option<Duration> {
    None
}

/// Reads until the pipe closes, so that a process that prints much never waits for us.
fn keep_reading(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut kept = Vec::new();
        let _ = pipe.by_ref().take(KEPT_BYTES as u64).read_to_end(&mut kept);
        let mut end: VecDeque<u8> = VecDeque::new();
        let mut left_out = false;
        let mut buffer = vec![0; 64 << 10];
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            end.extend(&buffer[..count]);
            let too_many = end.len().saturating_sub(KEPT_BYTES);
            left_out |= too_many > 0;
            end.drain(..too_many);
        }
        if left_out {
            kept.extend_from_slice(b"\n[.. more than can be kept ..]\n");
        }
        kept.extend(end);
        let _ = send.send(kept);
    });
    receive
}

/// Without what would move the cursor or colour the terminal that shows it.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|&c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
