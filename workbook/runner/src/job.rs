//! What a process may use on Windows, where a job bounds it together with all that it starts, and ends them with us.

use std::ffi::c_void;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr::null;
use std::sync::Arc;

use process_wrap::std::{ChildWrapper, CommandWrap, CommandWrapper};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_JOB_MEMORY, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation,
    SetInformationJobObject,
};

use crate::process::{Limit, MEMORY, TASKS};

/// Takes a process in before it runs. The job lasts as long as one of its clones, or as this process: when the last handle
/// is closed, also because we are killed, the system ends whoever is in it.
#[derive(Debug, Clone)]
pub(crate) struct Job(Arc<OwnedHandle>);

impl Job {
    pub(crate) fn new(limit: Limit) -> io::Result<Job> {
        // SAFETY: it takes no attributes and no name, and makes a handle or none.
        let handle = unsafe { CreateJobObjectW(null(), null()) };
        if handle.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the handle is open, and nobody else's.
        let job = Job(Arc::new(unsafe { OwnedHandle::from_raw_handle(handle) }));
        let mut bounds = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        bounds.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
        if let Limit::Work(_) = limit {
            bounds.BasicLimitInformation.LimitFlags |=
                JOB_OBJECT_LIMIT_ACTIVE_PROCESS | JOB_OBJECT_LIMIT_JOB_MEMORY;
            bounds.BasicLimitInformation.ActiveProcessLimit = TASKS as u32;
            bounds.JobMemoryLimit = usize::try_from(MEMORY).unwrap_or(usize::MAX);
        }
        let size = size_of_val(&bounds) as u32;
        let bounds: *const JOBOBJECT_EXTENDED_LIMIT_INFORMATION = &bounds;
        // SAFETY: the handle is open, and `bounds` is what this class of information takes, in its size.
        let is_set = unsafe {
            SetInformationJobObject(
                job.0.as_raw_handle(),
                JobObjectExtendedLimitInformation,
                bounds.cast::<c_void>(),
                size,
            )
        };
        (is_set != 0)
            .then_some(job)
            .ok_or_else(io::Error::last_os_error)
    }
}

impl CommandWrapper for Job {
    /// Called while the process is suspended: a [`process_wrap::std::JobObject`] that is wrapped after this resumes it.
    fn wrap_child(
        &mut self,
        mut child: Box<dyn ChildWrapper>,
        _: &CommandWrap,
    ) -> io::Result<Box<dyn ChildWrapper>> {
        let process = child
            .process_handle()
            .map_or(null::<c_void>().cast_mut(), |process| {
                process.as_raw_handle()
            });
        // SAFETY: both handles are open as long as what owns them, which is here; of none the system makes an error.
        if unsafe { AssignProcessToJobObject(self.0.as_raw_handle(), process) } != 0 {
            return Ok(child);
        }
        let error = io::Error::last_os_error();
        let _ = child.start_kill();
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use crate::process::{End, Limit, run_bounded};

    fn shell(line: &str, limit: Limit) -> (End, String) {
        let mut command = Command::new("cmd");
        command.args(["/C", line]);
        let ended = run_bounded(command, limit).unwrap();
        (ended.end, ended.stdout)
    }

    #[test]
    fn in_its_job_a_process_ends_by_itself_or_at_its_limit_with_all_that_it_started() {
        for limit in [Limit::Wall, Limit::Work] {
            let (end, said) = shell("echo said", limit(Duration::from_secs(60)));
            assert!(
                matches!(end, End::Itself(status) if status.success()),
                "{end:?}"
            );
            assert_eq!(said.trim_end(), "said");
            let (end, _) = shell("ping -n 1000 127.0.0.1", limit(Duration::from_secs(2)));
            assert!(!matches!(end, End::Itself(_)), "{end:?}");
        }
    }
}
