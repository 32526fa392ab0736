//! Whether anything in the process can still go on.

/// The other threads of this process, looked at again and again.
///
/// A thread that waits for what another one does cannot go on while all sleep. So there is no need to wait for a while and see:
///
/// ```
/// use std::sync::mpsc::channel;
///
/// let (send, receive) = channel::<()>();
/// let thread = std::thread::spawn(move || receive.recv());
/// let mut others = checks::OtherThreads::new();
/// # if cfg!(target_os = "linux") {
/// while !thread.is_finished() && !others.have_slept() {}
/// assert!(!thread.is_finished(), "it waits, and nobody will send");
/// # }
/// # drop(send);
/// # thread.join().unwrap().unwrap_err();
/// ```
#[derive(Debug, Default)]
pub struct OtherThreads {
    last: Option<Vec<String>>,
}

impl OtherThreads {
    /// They have not been looked at.
    pub fn new() -> OtherThreads {
        OtherThreads::default()
    }

    /// Whether all other threads have slept since the last look: whatever had not happened between the two does not happen
    /// any more, unless a timer or another process wakes one of them. Never, where the system does not tell: on Linux it does.
    pub fn have_slept(&mut self) -> bool {
        let now = asleep();
        let have_slept = now.is_some() && now == self.last;
        self.last = now;
        have_slept
    }
}

/// For each other thread, which sleep of its life this is. `None` if one of them does not sleep.
#[cfg(target_os = "linux")]
fn asleep() -> Option<Vec<String>> {
    let me = std::fs::read_link("/proc/thread-self").ok()?;
    let mut threads = Vec::new();
    for thread in std::fs::read_dir("/proc/self/task").ok()? {
        let thread = thread.ok()?;
        if Some(&*thread.file_name()) == me.file_name() {
            continue;
        }
        let status = std::fs::read_to_string(thread.path().join("status")).ok()?;
        // One that has woken and sleeps again has been switched away from once more.
        let is_told = |line: &&str| {
            ["Pid:", "State:"]
                .iter()
                .any(|start| line.starts_with(start))
                || line.contains("ctxt")
        };
        let told: Vec<&str> = status.lines().filter(is_told).collect();
        if told.len() != 4 || !told.contains(&"State:\tS (sleeping)") {
            return None;
        }
        threads.push(told.join(" "));
    }
    Some(threads)
}

#[cfg(not(target_os = "linux"))]
fn asleep() -> Option<Vec<String>> {
    None
}
