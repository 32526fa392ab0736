//! What a process and its descendants are and use, as the system tells it. Where it does not tell, there is nothing.

use std::time::Duration;

/// What one process uses.
pub(crate) struct Usage {
    /// Processor time of all its threads together.
    pub time: Duration,
    pub threads: usize,
}

#[cfg(target_os = "linux")]
pub(crate) use linux::{count, count_now, end_descendants, is_runnable, usage};

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::fs;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::time::{Duration, Instant};

    use rustix::process::{Pid, Signal, kill_process};

    use super::Usage;

    /// A process as `/proc/PID/stat` tells it.
    struct Process {
        id: u32,
        is_alive: bool,
        parent: u32,
        group: u32,
        usage: Usage,
    }

    /// All processes of the system.
    struct Table(Vec<Process>);

    /// Checks that run side by side look at one table, which is not older than this: to read it costs a millisecond or more.
    const FRESH: Duration = Duration::from_millis(200);

    static LAST: Mutex<Option<(Instant, Arc<Table>)>> = Mutex::new(None);

    pub(crate) fn usage(process: u32) -> Option<Usage> {
        Process::read(process).map(|process| process.usage)
    }

    /// Whether a thread of the process computes, or would if it was its turn: it comes further, however slow the machine is.
    pub(crate) fn is_runnable(process: u32) -> bool {
        let threads = fs::read_dir(format!("/proc/{process}/task"));
        let mut threads = threads.into_iter().flatten().flatten();
        threads.any(|thread| {
            let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            stat.rsplit_once(") ")
                .is_some_and(|(_, rest)| rest.starts_with('R'))
        })
    }

    /// How many threads a process, all of its group and all of its descendants have together, or had a moment ago.
    pub(crate) fn count(process: u32) -> usize {
        Table::recent().count(process)
    }

    /// As [`count`], at this very moment.
    pub(crate) fn count_now(process: u32) -> usize {
        Table::read().count(process)
    }

    /// Ends all descendants of a process, also those that start others all the time: it is stopped first, and stays so.
    pub(crate) fn end_descendants(process: u32) {
        let send = |to: u32, signal| {
            let to = i32::try_from(to).ok().and_then(Pid::from_raw);
            to.is_some_and(|to| kill_process(to, signal).is_ok())
        };
        if !send(process, Signal::STOP) {
            return;
        }
        // Whatever starts another one before it is ended leaves it to the next look.
        for _ in 0..1000 {
            let table = Table::read();
            let family = table.family(process).into_iter();
            let left: Vec<u32> = family
                .filter(|other| other.is_alive && other.id != process)
                .map(|other| other.id)
                .collect();
            if left.is_empty() {
                return;
            }
            for other in left {
                send(other, Signal::KILL);
            }
        }
    }

    impl Table {
        fn read() -> Table {
            let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
            let processes = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
            Table(processes.filter_map(Process::read).collect())
        }

        fn recent() -> Arc<Table> {
            let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
            let is_fresh = |(read, _): &&(Instant, Arc<Table>)| read.elapsed() < FRESH;
            if let Some((_, table)) = last.as_ref().filter(is_fresh) {
                return Arc::clone(table);
            }
            let table = Arc::new(Table::read());
            *last = Some((Instant::now(), Arc::clone(&table)));
            table
        }

        fn count(&self, process: u32) -> usize {
            let family = self.family(process).into_iter();
            family.map(|process| process.usage.threads).sum()
        }

        fn family(&self, first: u32) -> Vec<&Process> {
            let mut children: HashMap<u32, Vec<&Process>> = HashMap::new();
            let (mut family, rest): (Vec<_>, Vec<_>) = self
                .0
                .iter()
                .partition(|process| process.id == first || process.group == first);
            for process in rest {
                children.entry(process.parent).or_default().push(process);
            }
            let mut next = 0;
            while let Some(process) = family.get(next) {
                family.extend(children.remove(&process.id).unwrap_or_default());
                next += 1;
            }
            family
        }
    }

    impl Process {
        fn read(id: u32) -> Option<Process> {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // The name, in brackets, may hold blanks.
            let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
            let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
            // SAFETY: `sysconf` only reads a number of the system.
            let per_second = unsafe { libc::sysconf(libc::_SC_CLK_TCK) };
            let per_second = u64::try_from(per_second).ok().filter(|&ticks| ticks > 0)?;
            let ticks = number(11)? + number(12)?;
            Some(Process {
                id,
                is_alive: !matches!(*fields.first()?, "Z" | "X"),
                parent: number(1)?.try_into().ok()?,
                group: number(2)?.try_into().ok()?,
                usage: Usage {
                    time: Duration::from_millis(ticks * 1000 / per_second),
                    threads: number(17)?.try_into().ok()?,
                },
            })
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn usage(_: u32) -> Option<Usage> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_runnable(_: u32) -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn count(_: u32) -> usize {
    0
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn count_now(_: u32) -> usize {
    0
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn end_descendants(_: u32) {}
