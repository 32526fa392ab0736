use std::io::{Read, Seek, SeekFrom};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use process_wrap::std::CommandWrap;

/// How a process ended, and what it printed.
pub struct Ended {
    /// `None`: it did not end in time, and was ended with all its children.
    pub status: Option<ExitStatus>,
    /// What it printed to its standard output.
    pub stdout: String,
    /// What it printed to its standard error.
    pub stderr: String,
}

/// How often a running process is asked whether it has ended. It bounds the delay, not the verdict.
const POLL: Duration = Duration::from_millis(5);

/// Of what a process prints, this much is read: a snippet's loop may print for ever.
const READ_BYTES: u64 = 4 << 20;

/// Runs `command` in a process group (on Windows a job) of its own, and ends the whole group after
/// `limit`.
pub fn run_bounded(mut command: Command, limit: Duration) -> Result<Ended> {
    // Files and not pipes: nobody has to read while the process runs, and a process that leaves the
    // group keeps nobody waiting.
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    command
        .stdin(Stdio::null())
        .stdout(stdout.try_clone()?)
        .stderr(stderr.try_clone()?);
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    wrapped.wrap(process_wrap::std::JobObject);
    let mut child = wrapped.spawn()?;

    let deadline = Instant::now() + limit;
    let status = loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= deadline {
            break status;
        }
        thread::sleep(POLL);
    };
    // An error here says that nobody is left in the group.
    let _ = child.start_kill();
    let _ = child.wait();

    let read = |file: &mut std::fs::File| -> Result<String> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.take(READ_BYTES).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
    };
    Ok(Ended {
        status,
        stdout: read(&mut stdout)?,
        stderr: read(&mut stderr)?,
    })
}
