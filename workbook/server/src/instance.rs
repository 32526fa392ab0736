use std::fs::{self, File, TryLockError};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use runner::Root;

/// A workbook has one server: two would check each save twice and build the book into one folder. Held until the process
/// ends, also where it is killed.
pub struct Instance {
    /// None where the file system has no locks.
    _held: Option<File>,
    port: PathBuf,
}

/// Whether this process is the workbook's server.
pub enum Start {
    /// It is.
    First(Instance),
    /// Another one is, on this port.
    Second(u16),
}

impl Start {
    /// Takes the workbook's lock, if no other server has it.
    pub fn of(root: &Root) -> anyhow::Result<Start> {
        let folder = root.state_dir();
        let (lock, port) = (folder.join("server.lock"), folder.join("server.port"));
        fs::create_dir_all(&folder).with_context(|| root.shown(&folder))?;
        let held = File::create(&lock).with_context(|| root.shown(&lock))?;
        let held = match try_lock(&held) {
            Ok(()) => Some(held),
            Err(TryLockError::WouldBlock) => {
                let kept = fs::read_to_string(&port).ok();
                let kept = kept.and_then(|kept| kept.trim().parse().ok());
                return kept.map(Start::Second).ok_or_else(|| {
                    anyhow!("the workbook is just being opened: see the terminal in which it was started")
                });
            }
            Err(TryLockError::Error(_)) => None,
        };
        // What is there is of a server that has ended.
        let _ = fs::remove_file(&port);
        Ok(Start::First(Instance { _held: held, port }))
    }
}

impl Instance {
    /// Tells where the server listens, for a second start.
    pub fn listens_on(&self, port: u16) -> anyhow::Result<()> {
        fs::write(&self.port, port.to_string()).with_context(|| self.port.display().to_string())
    }
}

/// On Unix a lock of the process, and not of the open file, which a process that it is just starting has as well: killed at
/// that moment, the workbook would still seem to be open.
#[cfg(unix)]
fn try_lock(file: &File) -> Result<(), TryLockError> {
    use rustix::fs::{FlockOperation, fcntl_lock};
    use rustix::io::Errno;
    match fcntl_lock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(()),
        Err(Errno::AGAIN | Errno::ACCESS) => Err(TryLockError::WouldBlock),
        Err(error) => Err(TryLockError::Error(error.into())),
    }
}

#[cfg(not(unix))]
fn try_lock(file: &File) -> Result<(), TryLockError> {
    file.try_lock()
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_process_that_a_killed_server_has_started_does_not_keep_the_workbook_open() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path());
        let Start::First(instance) = Start::of(&root).unwrap() else {
            panic!("nobody else has it")
        };
        // As between its fork and its exec.
        let held = instance._held.as_ref().unwrap();
        rustix::io::fcntl_setfd(held, rustix::io::FdFlags::empty()).unwrap();
        let mut started = Command::new("sleep").arg("1000").spawn().unwrap();
        drop(instance);
        let again = Start::of(&root);
        started.kill().unwrap();
        started.wait().unwrap();
        assert!(matches!(again, Ok(Start::First(_))));
    }
}
