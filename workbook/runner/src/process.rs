use std::collections::VecDeque;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;
use process_wrap::std::{ChildWrapper, CommandWrap};

use crate::tasks::{Usage, count, count_now, end_descendants, is_runnable, usage};

/// How long a process may take.
#[derive(Debug, Clone, Copy)]
pub enum Limit {
    /// By the clock on the wall.
    Wall(Duration),
    /// By the processor time that it uses: a machine with other work makes no process slower. One that does nothing any
    /// more is ended too, and one with more than [`TASKS`] threads and processes. Where the system does not tell what a
    /// process uses, the clock on the wall counts.
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
            End::Late | End::UsedUp | End::Stuck | End::TooMany | End::Stopped => None,
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
    /// It, and what it had started, had more than [`TASKS`] threads and processes.
    TooMany,
    /// How it ends is not asked for any more.
    Stopped,
}

/// Threads that a process of limited [work](Limit::Work) and all that it starts may have together: more than any needs
/// (1,100), and no danger to the machine.
pub const TASKS: usize = 2000;

/// Bytes that it may allocate, with the 2 MiB stack of each thread: more than any needs, and no danger to the machine.
pub(crate) const MEMORY: u64 = 4 << 30;

/// Of what a process prints, this much is kept from the beginning, and as much from the end: a learner's loop may print for
/// ever.
const KEPT_BYTES: usize = 4 << 20;

/// How often a process that has closed its output is asked whether it has ended. It bounds the delay, not the verdict.
const POLL: Duration = Duration::from_millis(1);

/// How often what a process prints is shown to who observes it.
const SHOW: Duration = Duration::from_millis(5);

/// After a group has ended its pipes close at once, unless a process left the group and kept them.
const GRACE: Duration = Duration::from_secs(2);

type Group = Arc<Mutex<Box<dyn ChildWrapper>>>;

/// The process groups that run now: what Ctrl-C has to end.
static RUNNING: Mutex<Vec<Group>> = Mutex::new(Vec::new());

/// A process that has used no processor time for so long does nothing any more.
const IDLE: Duration = Duration::from_secs(5);

/// How often its processor time is asked for, which costs some itself. It bounds the delay, not the verdict.
const LOOK: Duration = Duration::from_millis(50);

/// One that always does a little and rests is ended after so many times its limit.
const PATIENT: u32 = 10;

/// A line that a running process has printed.
pub(crate) enum Printed {
    Out(String),
    Err(String),
}

/// Is shown what has been printed since it was last called.
type Observe<'a> = &'a mut dyn FnMut(&[Printed]);

/// Runs `command` in a process group (on Windows a job) of its own and ends the whole group at its
/// limit, or when its first process has ended.
pub fn run_bounded(command: Command, limit: Limit) -> std::io::Result<Ended> {
    run(command, limit, None, None)
}

/// As [`run_bounded`], until somebody sets `stop`.
pub(crate) fn run_until(
    command: Command,
    limit: Limit,
    stop: &AtomicBool,
) -> std::io::Result<Ended> {
    run(command, limit, None, Some(stop))
}

/// As [`run_bounded`]. While the process runs, `observe` is called every few milliseconds with the lines that it has
/// printed since the last call, also when there are none.
pub(crate) fn run_observed(
    command: Command,
    limit: Limit,
    observe: Observe<'_>,
) -> std::io::Result<Ended> {
    run(command, limit, Some(observe), None)
}

fn run(
    mut command: Command,
    limit: Limit,
    mut observe: Option<Observe<'_>>,
    stop: Option<&AtomicBool>,
) -> std::io::Result<Ended> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(target_os = "linux")]
    end_with_us(&mut command);
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    let _job = {
        let job = crate::job::Job::new(limit)?;
        wrapped.wrap(job.clone());
        wrapped.wrap(process_wrap::std::JobObject);
        job
    };

    let (tell, lines) = channel();
    let tell = observe.is_some().then_some(tell);
    let group: Group;
    let (stdout, stderr);
    {
        // Held over the start, so that a Ctrl-C sees either no process or a registered one.
        let mut running = lock(&RUNNING);
        let mut child = wrapped.spawn()?;
        (stdout, stderr) = (child.stdout().take(), child.stderr().take());
        group = Arc::new(Mutex::new(child));
        running.push(Arc::clone(&group));
    }
    let reading = keep_reading(stdout, tell.clone(), Printed::Out)
        .and_then(|stdout| Ok((stdout, keep_reading(stderr, tell, Printed::Err)?)));
    let (stdout, stderr) = match reading {
        Ok(reading) => reading,
        Err(error) => {
            end_all(&group);
            lock(&RUNNING).retain(|other| !Arc::ptr_eq(other, &group));
            return Err(error);
        }
    };

    let mut watch = Watch::new(limit);
    let end = loop {
        let (status, id) = {
            let mut child = lock(&group);
            (child.try_wait()?, child.id())
        };
        if let Some(status) = status {
            // One that the system refused another process may end of it; the others are still there.
            break if !status.success() && watch.is_too_many(|| count_now(id)) {
                End::TooMany
            } else {
                End::Itself(status)
            };
        }
        if let Some(end) = watch.look(id) {
            break end;
        }
        if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            break End::Stopped;
        }
        if let Some(observe) = &mut observe {
            observe(&lines.try_iter().collect::<Vec<Printed>>());
        }
        stdout.wait(if observe.is_some() { SHOW } else { LOOK });
    };
    if matches!(end, End::TooMany) {
        end_descendants(lock(&group).id());
    }
    // Also after a normal end: what the first process left running would hold the pipes open.
    end_all(&group);
    lock(&RUNNING).retain(|other| !Arc::ptr_eq(other, &group));

    Ok(Ended {
        end,
        stdout: stdout.text(),
        stderr: stderr.text(),
    })
}

/// Has the process ended by the system when we are killed and cannot end it. It is told when the thread that starts it
/// ends, which here waits for it.
#[cfg(target_os = "linux")]
fn end_with_us(command: &mut Command) {
    use rustix::process::{Signal, getpid, getppid, set_parent_process_death_signal};
    use std::os::unix::process::CommandExt;
    let us = getpid();
    let ask = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        match getppid() {
            Some(parent) if parent == us => Ok(()),
            // We were killed in between.
            _ => Err(rustix::io::Errno::SRCH.into()),
        }
    };
    // SAFETY: between fork and exec it makes system calls alone, and allocates nothing.
    unsafe { command.pre_exec(ask) };
}

/// From now on Ctrl-C (and a termination signal) ends every process that a check has started, then
/// this one after `last`, with exit code 130.
pub fn end_all_on_ctrl_c(last: impl Fn() + Send + 'static) -> anyhow::Result<()> {
    ctrlc::set_handler(move || {
        last();
        end_all_and_exit(130);
    })
    .context("cannot watch for Ctrl-C")
}

/// Ends every process that a check has started, then this one.
pub fn end_all_and_exit(code: i32) -> ! {
    // The lock is kept until the exit: nothing new can start.
    let running = lock(&RUNNING);
    running.iter().for_each(end_all);
    std::process::exit(code);
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

    fn is_too_many(&self, tasks: impl FnOnce() -> usize) -> bool {
        matches!(self.limit, Limit::Work(_)) && tasks() > TASKS
    }

    fn look(&mut self, process: u32) -> Option<End> {
        let now = Instant::now();
        let on_the_wall = now - self.start;
        match self.limit {
            Limit::Wall(limit) => (on_the_wall >= limit).then_some(End::Late),
            Limit::Work(_) if now - self.looked < LOOK => None,
            Limit::Work(limit) => {
                self.looked = now;
                let Some(Usage {
                    time: used,
                    threads,
                }) = usage(process)
                else {
                    return (on_the_wall >= limit).then_some(End::Late);
                };
                if self.is_too_many(|| threads.max(count(process))) {
                    return Some(End::TooMany);
                }
                if used > self.used.0 {
                    self.used = (used, now);
                }
                let is_idle = on_the_wall >= limit && now - self.used.1 >= IDLE.min(limit);
                let is_late = on_the_wall >= limit * PATIENT;
                match () {
                    () if used >= limit => Some(End::UsedUp),
                    () if (is_idle || is_late) && is_runnable(process) => None,
                    () if is_idle => Some(End::Stuck),
                    () if is_late => Some(End::Late),
                    () => None,
                }
            }
        }
    }
}

/// What a pipe is read into.
struct Reading {
    kept: Arc<Mutex<Kept>>,
    /// Closed when the pipe is.
    open: Receiver<()>,
}

impl Reading {
    /// Waits for `most`, or until the pipe is closed, which it is when its process has ended; one that closes it earlier is
    /// left some time too. Most of many that wait beside each other cost nothing so.
    fn wait(&self, most: Duration) {
        if self.open.recv_timeout(most) == Err(RecvTimeoutError::Disconnected) {
            thread::sleep(POLL);
        }
    }

    /// All that was printed. A process that left the group may hold the pipe open: then all that was printed until now.
    fn text(self) -> String {
        let _ = self.open.recv_timeout(GRACE);
        let kept = std::mem::take(&mut *lock(&self.kept));
        printable(&String::from_utf8_lossy(&kept.bytes()))
    }
}

/// Reads until the pipe closes, so that a process that prints much never waits for us. Each whole line is told at once.
fn keep_reading(
    pipe: Option<impl Read + Send + 'static>,
    tell: Option<Sender<Printed>>,
    printed: fn(String) -> Printed,
) -> std::io::Result<Reading> {
    let (is_open, open) = channel();
    let kept = Arc::new(Mutex::new(Kept::default()));
    let reading = Reading {
        kept: Arc::clone(&kept),
        open,
    };
    let read = move || {
        // Dropped at the end.
        let _is_open: Sender<()> = is_open;
        let mut lines = tell.map(|tell| Lines {
            tell,
            printed,
            unfinished: Vec::new(),
        });
        let mut buffer = vec![0; 64 << 10];
        let Some(mut pipe) = pipe else { return };
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            lock(&kept).add(&buffer[..count]);
            if let Some(lines) = &mut lines {
                lines.add(&buffer[..count]);
            }
        }
    };
    thread::Builder::new().spawn(read)?;
    Ok(reading)
}

/// The beginning and the end of what a process prints.
#[derive(Default)]
struct Kept {
    beginning: Vec<u8>,
    end: VecDeque<u8>,
    left_out: bool,
}

impl Kept {
    fn add(&mut self, bytes: &[u8]) {
        let room = KEPT_BYTES - self.beginning.len();
        let (first, rest) = bytes.split_at(room.min(bytes.len()));
        self.beginning.extend_from_slice(first);
        self.end.extend(rest);
        let too_many = self.end.len().saturating_sub(KEPT_BYTES);
        self.left_out |= too_many > 0;
        self.end.drain(..too_many);
    }

    fn bytes(mut self) -> Vec<u8> {
        if self.left_out {
            self.beginning
                .extend_from_slice(b"\n[.. more than can be kept ..]\n");
        }
        self.beginning.extend(self.end);
        self.beginning
    }
}

/// Tells each line when its end has come.
struct Lines {
    tell: Sender<Printed>,
    printed: fn(String) -> Printed,
    unfinished: Vec<u8>,
}

impl Lines {
    fn add(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.unfinished.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = String::from_utf8_lossy(&self.unfinished);
                // Who does not listen any more has seen the process end.
                let _ = self.tell.send((self.printed)(line.trim_end().to_owned()));
                self.unfinished.clear();
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// In its environment this test only waits.
    const WAIT: &str = "WAIT_FOR_EVER";

    #[test]
    fn a_process_that_nobody_wants_the_end_of_any_more_is_stopped() {
        while std::env::var_os(WAIT).is_some() {
            thread::park();
        }
        let this = "process::tests::a_process_that_nobody_wants_the_end_of_any_more_is_stopped";
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", this]).env(WAIT, "");
        let limit = Limit::Wall(Duration::from_secs(600));
        let ended = run_until(command, limit, &AtomicBool::new(true)).unwrap();
        assert!(matches!(ended.end, End::Stopped));
    }
}
