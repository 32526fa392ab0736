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
        let held = match held.try_lock() {
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
