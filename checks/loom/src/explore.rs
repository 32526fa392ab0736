//! Runs a model in loom and turns what loom finds into a message that can be acted on.

use std::any::Any;
use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::diagnosis::{Diagnosis, Failure, Interleaving, Wrong};
use crate::heap;
use crate::stage::on_a_stage;
use crate::sync::{Mode, enter, leave};
use crate::trace::{self, Source, steps_taken};

/// How far a model is explored.
#[derive(Debug, Clone, Copy)]
pub struct Explorer {
    why: &'static str,
    source: Option<Source>,
    remark: Option<&'static str>,
    promise_of: Option<fn(Wrong) -> Option<usize>>,
    preemptions: Option<usize>,
    steps: usize,
}

impl Explorer {
    /// `why` says why it matters if the model goes wrong. At most 60,000 steps are taken, over all interleavings.
    pub fn new(why: &'static str) -> Explorer {
        Explorer {
            why,
            source: None,
            remark: None,
            promise_of: None,
            preemptions: None,
            steps: 60_000,
        }
    }

    /// The file in which tables look up the names of atomics.
    #[must_use]
    pub fn source(self, source: Source) -> Explorer {
        Explorer {
            source: Some(source),
            ..self
        }
    }

    /// A failure names the broken promise: by this number where the check has [said](crate::fail_promise) none.
    #[must_use]
    pub fn promise_of(self, of: fn(Wrong) -> Option<usize>) -> Explorer {
        Explorer {
            promise_of: Some(of),
            ..self
        }
    }

    /// What is said besides, if it goes wrong: what may explain it.
    #[must_use]
    pub fn remark(self, remark: Option<&'static str>) -> Explorer {
        Explorer { remark, ..self }
    }

    /// A thread is interrupted so often at most. With three threads there would else be too many interleavings.
    #[must_use]
    pub fn preemptions(self, most: usize) -> Explorer {
        Explorer {
            preemptions: Some(most),
            ..self
        }
    }

    /// How many steps through [`crate::sync`] are taken, over all interleavings: those that come later are not run.
    #[must_use]
    pub fn steps(self, most: usize) -> Explorer {
        Explorer {
            steps: most,
            ..self
        }
    }

    /// Runs `model` in the interleavings of its threads, with the values that a weak memory may give them.
    ///
    /// # Panics
    ///
    /// At the first interleaving that goes wrong; the text says how, and shows the steps.
    #[track_caller]
    pub fn explore(self, model: impl Fn() + Send + Sync + 'static) {
        if let Err(diagnosis) = on_a_stage(self.why, move || self.on_this_thread(model)) {
            diagnosis.raise(self.remark, self.promise_of);
        }
    }

    fn on_this_thread(self, model: impl Fn() + Send + Sync + 'static) -> Result<(), Diagnosis> {
        let mut builder = loom::model::Builder::new();
        builder.preemption_bound = self.preemptions;
        // A thread that goes on for so long waits for another.
        builder.max_branches = 10_000;
        // Tells between which two threads a race is.
        builder.location = true;
        let left = AtomicUsize::new(self.steps);
        let model = move || {
            let before = left.load(Relaxed).saturating_sub(steps_taken());
            if before == 0 {
                // loom has no other way to end an exploration.
                std::panic::panic_any(Enough);
            }
            left.store(before, Relaxed);
            trace::clear(Some(0));
            crate::watched::clear();
            call_this_thread("loader");
            model();
        };
        trace::clear(Some(0));
        enter(Mode::Explored);
        let result = quietly(|| builder.check(model));
        leave();
        let Err(panic) = result else { return Ok(()) };
        if panic.is::<Enough>() {
            return Ok(());
        }
        let kept = trace::kept();
        let failure = match trace::found() {
            Some(found) => Failure::Found(found),
            None => {
                let last = kept.events.last().map(|event| event.thread);
                Failure::of_loom(panic.as_ref(), last)
            }
        };
        Err(Interleaving::new(kept, self.source).diagnosis(&failure, self.why))
    }
}

/// The steps that a check may take are taken.
struct Enough;

/// From now on tables call the running thread `name`. The one that runs a model is the loader unless it says otherwise.
pub fn call_this_thread(name: &str) {
    trace::name_this_thread(name);
}

/// What the threads of a model share. When a run fails its destructor does not run: it would call loom
/// in the middle of a panic. The last owner is the one that has joined the others.
pub struct Shared<T>(ManuallyDrop<Rc<T>>);

impl<T> Shared<T> {
    /// `value`, with one owner.
    pub fn new(value: T) -> Shared<T> {
        Shared(ManuallyDrop::new(Rc::new(value)))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(self.0.clone())
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // SAFETY: this is the only drop, and nobody uses it after.
            unsafe { ManuallyDrop::drop(&mut self.0) };
        }
    }
}

/// A thread of a model that is explored.
pub struct Thread<R>(loom::thread::JoinHandle<R>);

/// Starts a thread that the table calls `name`. It need not be `Send`: loom has one thread only.
pub fn spawn<T: 'static, R: 'static>(
    name: &'static str,
    shared: &Shared<T>,
    run: impl FnOnce(&T) -> R + 'static,
) -> Thread<R> {
    let shared = shared.clone();
    Thread(loom::thread::spawn(move || {
        call_this_thread(name);
        let result = run(&shared);
        drop(shared);
        result
    }))
}

impl<R> Thread<R> {
    /// Waits for its end.
    pub fn join(self) -> R {
        self.0.join().expect("a panic ends the whole run")
    }
}

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `run` and gives its panic, which is not printed. Memory is kept meanwhile.
pub(crate) fn quietly(run: impl FnOnce()) -> Result<(), Box<dyn Any + Send>> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !IS_QUIET.get() {
                print(info);
            }
        }));
    });
    IS_QUIET.set(true);
    heap::keep(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    heap::keep(false);
    IS_QUIET.set(false);
    result
}
