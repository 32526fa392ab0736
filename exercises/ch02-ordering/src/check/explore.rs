//! Runs a model in loom and turns what loom finds into a message that can be acted on.

use std::alloc::{GlobalAlloc, Layout, System};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Once;

use super::diagnosis::{Failure, Interleaving};
use crate::sync::trace;

/// Runs `model` in the interleavings of its threads, up to a few thousand; panics at the first one that
/// goes wrong. `why` says why that matters.
#[track_caller]
pub fn explore(why: &str, model: impl Fn() + Send + Sync + 'static) {
    explore_with(None, why, model);
}

/// As [`explore`], for models of three threads: a thread is interrupted twice at most, or there would be
/// too many interleavings.
#[track_caller]
pub fn explore_three_threads(why: &str, model: impl Fn() + Send + Sync + 'static) {
    explore_with(Some(2), why, model);
}

/// As [`explore`], for models of many steps: a thread is interrupted once at most.
#[track_caller]
pub fn explore_one_interruption(why: &str, model: impl Fn() + Send + Sync + 'static) {
    explore_with(Some(1), why, model);
}

#[track_caller]
fn explore_with(preemptions: Option<usize>, why: &str, model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = preemptions;
    // A thread that goes on for so long waits for another.
    builder.max_branches = 10_000;
    // A last net for answers that have very many interleavings: these many held.
    builder.max_permutations = Some(4_000);
    builder.checkpoint_interval = 100;
    // Tells between which two threads a race is.
    builder.location = true;
    let model = move || {
        trace::clear();
        call_this_thread("loader");
        model();
    };
    let result = quietly(|| builder.check(model));
    if let Err(payload) = result {
        let (events, names) = trace::taken();
        let failure = match FOUND.take() {
            Some(found) => Failure::Found(found),
            None => {
                let last = events.last().map(|event| event.thread);
                Failure::of_loom(&text_of(payload.as_ref()), last)
            }
        };
        let interleaving = Interleaving { events, names };
        panic!("{}", interleaving.message(&failure, why));
    }
}

thread_local! {
    /// What a check itself found wrong; anything else that ends a run was loom's or the answer's.
    static FOUND: RefCell<Option<String>> = const { RefCell::new(None) };
    static IN_A_MODEL: Cell<bool> = const { Cell::new(false) };
}

/// Ends the run: this interleaving is wrong.
pub fn fail_here(found: impl Into<String>) -> ! {
    FOUND.set(Some(found.into()));
    panic!("found");
}

/// From now on tables call the running thread `name`. The one that runs the model is the loader unless
/// it says otherwise.
pub fn call_this_thread(name: &str) {
    trace::name_this_thread(name);
}

/// Notes what a request got.
pub fn gets(version: Option<u64>) {
    let does = match version {
        Some(version) => format!("got version {version}"),
        None => "got None".to_owned(),
    };
    trace::note(does, trace::Kind::Other);
}

/// What the threads of a model share. When a run fails its destructor does not run: it would call loom
/// in the middle of a panic. The last owner is the one that has joined the others.
pub struct Shared<T>(ManuallyDrop<Rc<T>>);

impl<T> Shared<T> {
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

/// A thread of a model.
pub struct Thread<R>(loom::thread::JoinHandle<R>);

/// Starts a thread that the table calls `name`. It need not be `Send`: loom has one thread only, and a
/// slot that is not `Sync` has a check of its own.
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
    pub fn join(self) -> R {
        self.0.join().expect("a panic ends the whole run")
    }
}

/// Runs `run` and gives its panic, which is not printed.
fn quietly(run: impl FnOnce()) -> Result<(), Box<dyn Any + Send>> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !IN_A_MODEL.get() {
                print(info);
            }
        }));
    });
    IN_A_MODEL.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    IN_A_MODEL.set(false);
    result
}

fn text_of(payload: &(dyn Any + Send)) -> String {
    match (
        payload.downcast_ref::<String>(),
        payload.downcast_ref::<&str>(),
    ) {
        (Some(text), _) => text.clone(),
        (_, Some(text)) => (*text).to_owned(),
        _ => "a panic without a text".to_owned(),
    }
}

/// Inside a model no memory is given back. An answer that frees weights under a reader then reads what
/// is still there, and is told so, where it would crash.
struct Keeping;

#[global_allocator]
static HEAP: Keeping = Keeping;

// SAFETY: the system's allocator, less the calls of `dealloc` that it gets.
unsafe impl GlobalAlloc for Keeping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's word.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if !IN_A_MODEL.get() {
            // SAFETY: the caller's word.
            unsafe { System.dealloc(pointer, layout) }
        }
    }
}
