use std::time::{Duration, Instant};

use serde::Serialize;

use crate::CheckResult;

/// What happens while a chapter is compiled and checked, told as it happens.
#[derive(Debug, Clone)]
pub enum Event {
    /// How far it is.
    Phase {
        /// What is being done now.
        phase: Phase,
        /// How long the last check of this chapter took that compiled as much, in milliseconds.
        before: Option<u64>,
    },
    /// A check has ended, while others still run.
    Ended(CheckResult),
}

/// How far the check of a chapter is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Phase {
    /// It has not begun.
    Waiting {
        /// What it waits for: another chapter, or another cargo.
        behind: String,
    },
    /// Cargo compiles the crates that the chapter needs.
    Compiling {
        /// The name of the crate that was finished last.
        #[serde(rename = "crate")]
        last: Option<String>,
        /// How many crates are there, from an earlier run or this one.
        done: usize,
        /// How many crates there will be, the chapter's own among them, as far as that is known.
        of: Option<usize>,
    },
    /// Only the chapter's own crate and its checks are left to be compiled and linked.
    Linking,
    /// The checks run.
    Running {
        /// How many have ended.
        done: usize,
        /// How many there are.
        of: usize,
    },
}

impl Phase {
    /// In a few words, with how many milliseconds it took before if that is known.
    pub fn text(&self, before: Option<u64>) -> String {
        let what = match self {
            Phase::Waiting { behind } => format!("waits for {behind}"),
            Phase::Compiling { done, of, .. } => {
                let of = of.map_or_else(String::new, |of| format!(" of {of}"));
                format!("compiling crate {}{of}", done + 1)
            }
            Phase::Linking => "compiling and linking the last crate".into(),
            Phase::Running { done, of } => format!("{done} of {of} checks have ended"),
        };
        match before {
            Some(before) => format!("{what} (took {} last time)", duration(before)),
            None => what,
        }
    }
}

/// Milliseconds as a reader says them: `0.6 s`, `12 s`, `3 min`.
fn duration(milliseconds: u64) -> String {
    match milliseconds {
        0..10_000 => format!("{:.1} s", milliseconds as f64 / 1000.0),
        10_000..120_000 => format!("{} s", milliseconds / 1000),
        _ => format!("{} min", (milliseconds + 30_000) / 60_000),
    }
}

/// Is told what happens, if there is one. It is called on the threads that do the work and must not hold them up.
pub type Observer<'a> = Option<&'a (dyn Fn(Event) + Sync)>;

/// Within one step a change is told after so much time at the least: a reader cannot follow more, and a page should not
/// have to.
pub(crate) const PACE: Duration = Duration::from_millis(100);

/// Tells an observer each new step at once, and what changes within it at a pace that can be followed.
pub(crate) struct Phases<'a> {
    observer: Observer<'a>,
    latest: Option<(Phase, Instant)>,
    held_back: Option<Phase>,
    /// As in [`Event::Phase`].
    pub before: Option<u64>,
}

impl<'a> Phases<'a> {
    pub(crate) fn new(observer: Observer<'a>, before: Option<u64>) -> Phases<'a> {
        Phases {
            observer,
            latest: None,
            held_back: None,
            before,
        }
    }

    /// It is so far now.
    pub(crate) fn set(&mut self, phase: Phase) {
        self.held_back = Some(phase);
        self.tick();
    }

    /// Tells what was held back, if it is time.
    pub(crate) fn tick(&mut self) {
        let (Some(observer), Some(phase)) = (self.observer, &self.held_back) else {
            return;
        };
        let is_due = match &self.latest {
            Some((latest, _)) if latest == phase => {
                self.held_back = None;
                return;
            }
            Some((latest, when)) => {
                let is_new_step = std::mem::discriminant(latest) != std::mem::discriminant(phase);
                is_new_step || when.elapsed() >= PACE
            }
            None => true,
        };
        if is_due && let Some(phase) = self.held_back.take() {
            observer(Event::Phase {
                phase: phase.clone(),
                before: self.before,
            });
            self.latest = Some((phase, Instant::now()));
        }
    }
}
