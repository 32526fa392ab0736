//! Memory whose every access is seen.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::thread::panicking;

use crate::diagnosis::Wrong;
use crate::heap::uncounted;
use crate::sync::{Mode, mode};
use crate::trace::{self, Kind, Memory, fail_wrong, new_object};

/// Stands for the memory of the value that it is a field of: an access that nothing orders after an earlier one ends the run, and
/// one after the end of the value does too.
///
/// ```
/// use checks_loom::{Player, Watched, alive};
///
/// # #[global_allocator]
/// # static HEAP: checks_loom::Heap = checks_loom::Heap;
/// Player::new("what is freed must not be read").play(|| {
///     let weights = Watched::new("the weights");
///     weights.read();
///     assert_eq!(alive(), 1);
///     drop(weights);
///     assert_eq!(alive(), 0);
/// });
/// ```
#[derive(Debug)]
pub struct Watched {
    /// Never touched; loom keeps who accessed it when. `None` where a scene is played.
    memory: Option<ManuallyDrop<loom::cell::UnsafeCell<()>>>,
    object: usize,
    number: usize,
    what: ManuallyDrop<Rc<str>>,
}

// SAFETY: all threads of a run are on one of the system's.
unsafe impl Send for Watched {}
// SAFETY: as above.
unsafe impl Sync for Watched {}

thread_local! {
    /// Which of what was made in this run is alive.
    static ALIVE: RefCell<Vec<bool>> = const { RefCell::new(Vec::new()) };
}

/// How many [`Watched`] of this run live.
pub fn alive() -> usize {
    ALIVE.with_borrow(|alive| alive.iter().filter(|alive| **alive).count())
}

pub(crate) fn clear() {
    uncounted(|| ALIVE.take());
}

impl Watched {
    /// Making it counts as a write. `what` is what tables call it.
    pub fn new(what: impl Into<String>) -> Watched {
        let text = what.into();
        let what: Rc<str> = uncounted(|| text.as_str().into());
        let number = uncounted(|| {
            ALIVE.with_borrow_mut(|alive| {
                alive.push(true);
                alive.len() - 1
            })
        });
        let memory = match mode() {
            Mode::Explored => Some(ManuallyDrop::new(loom::cell::UnsafeCell::new(()))),
            Mode::Played => None,
        };
        let made = Watched {
            memory,
            object: new_object(),
            number,
            what: ManuallyDrop::new(what),
        };
        made.note("makes", true);
        made
    }

    /// A read of all of it.
    pub fn read(&self) {
        self.access("reads", false);
    }

    fn note(&self, verb: &'static str, writes: bool) {
        trace::record(|| Kind::Plain {
            object: self.object,
            writes,
            verb,
            memory: Memory::Named(Rc::clone(&self.what)),
        });
    }

    fn access(&self, verb: &'static str, writes: bool) {
        if panicking() || !self.is_of_this_run() {
            return;
        }
        // Noted first: loom ends the run inside an access that is a race.
        self.note(verb, writes);
        match &self.memory {
            Some(memory) if writes => memory.with_mut(|_| ()),
            Some(memory) => memory.with(|_| ()),
            None => {}
        }
        let is_alive = ALIVE.with_borrow(|alive| alive[self.number]);
        if !is_alive {
            let what: &str = &self.what;
            let (wrong, found) = if writes {
                (Wrong::Frees, "freed twice")
            } else {
                (Wrong::WritesUnordered, "read after they were freed")
            };
            fail_wrong(wrong, format!("{what} are {found}"));
        }
    }

    /// Another thread of the system has a list of its own: what goes there is out of sight, and not freed for this run.
    fn is_of_this_run(&self) -> bool {
        ALIVE.with_borrow(|alive| self.number < alive.len())
    }
}

/// Freeing counts as a write.
impl Drop for Watched {
    fn drop(&mut self) {
        self.access("frees", true);
        if !panicking() && self.is_of_this_run() {
            ALIVE.with_borrow_mut(|alive| alive[self.number] = false);
        }
    }
}
