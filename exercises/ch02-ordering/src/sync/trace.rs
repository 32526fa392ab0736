//! What happened in the interleaving that loom runs at the moment, step by step.
//!
//! loom runs all threads of a model on one thread of the system, so one list for each such thread will do.

use std::cell::RefCell;
use std::panic::Location;
use std::sync::atomic::Ordering;

/// One step of one thread.
#[derive(Debug, Clone)]
pub struct Event {
    /// loom's number of the thread; 0 is the one that runs the model's closure.
    pub thread: usize,
    /// The step as the table shows it.
    pub does: String,
    pub kind: Kind,
}

/// What a step is to the memory model.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A plain access to memory: the only kind that can be a data race.
    Plain {
        object: usize,
        writes: bool,
    },
    /// An operation on an atomic.
    Atomic {
        /// `ready`, as the code calls it.
        name: String,
        object: usize,
        /// What it read, and with which ordering.
        read: Option<(String, Ordering)>,
        /// What it wrote, and with which ordering.
        wrote: Option<(String, Ordering)>,
    },
    Fence(Ordering),
    /// A lock and the like: it orders what it should.
    Other,
}

#[derive(Default)]
struct Trace {
    events: Vec<Event>,
    /// Who is who: loom's numbers with the names that a check gives.
    names: Vec<(usize, String)>,
    objects: usize,
    /// Addresses in the order in which they were first seen: tables must not differ from run to run.
    pointers: Vec<usize>,
    /// Weights made and not yet freed.
    alive: usize,
    waits: usize,
}

thread_local! {
    static TRACE: RefCell<Trace> = RefCell::default();
}

/// A new interleaving starts.
pub fn clear() {
    TRACE.take();
}

/// The steps so far, and who is who.
pub fn taken() -> (Vec<Event>, Vec<(usize, String)>) {
    TRACE.with_borrow(|trace| (trace.events.clone(), trace.names.clone()))
}

/// From now on the running thread is called `name`.
pub fn name_this_thread(name: &str) {
    let thread = this_thread();
    TRACE.with_borrow_mut(|trace| trace.names.push((thread, name.to_owned())));
}

/// A number for a new cell or atomic, counted alike in every run.
pub fn new_object() -> usize {
    TRACE.with_borrow_mut(|trace| {
        trace.objects += 1;
        trace.objects
    })
}

/// How the tables call an address.
pub fn pointer(address: usize) -> String {
    if address == 0 {
        return "null".into();
    }
    TRACE.with_borrow_mut(|trace| {
        let known = trace.pointers.iter().position(|other| *other == address);
        let index = known.unwrap_or_else(|| {
            trace.pointers.push(address);
            trace.pointers.len() - 1
        });
        format!("pointer {}", index + 1)
    })
}

/// How many weights live.
pub fn alive() -> usize {
    TRACE.with_borrow(|trace| trace.alive)
}

pub fn made_one() {
    TRACE.with_borrow_mut(|trace| trace.alive += 1);
}

pub fn freed_one() {
    TRACE.with_borrow_mut(|trace| trace.alive -= 1);
}

/// Counts the rounds of waiting loops.
pub fn wait_once_more() -> usize {
    TRACE.with_borrow_mut(|trace| {
        trace.waits += 1;
        trace.waits
    })
}

/// Notes a step of the running thread.
pub fn note(does: String, kind: Kind) {
    let event = Event {
        thread: this_thread(),
        does,
        kind,
    };
    TRACE.with_borrow_mut(|trace| trace.events.push(event));
}

/// Whether the running thread has written to an atomic other than `object` with `SeqCst`.
pub fn wrote_seqcst_elsewhere(object: usize) -> bool {
    let thread = this_thread();
    TRACE.with_borrow(|trace| {
        trace.events.iter().any(|event| {
            event.thread == thread
                && matches!(
                    &event.kind,
                    Kind::Atomic { object: other, wrote: Some((_, Ordering::SeqCst)), .. }
                        if *other != object
                )
        })
    })
}

fn this_thread() -> usize {
    // `ThreadId(2)`: loom shows the number in no other way.
    let id = format!("{:?}", loom::thread::current().id());
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("loom numbers its threads")
}

/// What stands before `.method(` at a call in lib.rs: `ready` for `self.ready.load(Relaxed)`.
pub fn name_at(call: &Location) -> String {
    let unknown = || "an atomic".to_owned();
    if !call.file().replace('\\', "/").ends_with("/lib.rs") {
        return unknown();
    }
    let source = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs"));
    let (line, column) = (call.line() as usize, call.column() as usize);
    let above: usize = source
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let before_call: String = source[above..].chars().take(column - 1).collect();
    let before = format!("{}{before_call}", &source[..above]);
    let Some(receiver) = before.trim_end().strip_suffix('.') else {
        return unknown();
    };
    last_part(receiver.trim_end()).unwrap_or_else(unknown)
}

/// The end of a path with what is indexed or called: `slots[i]` of `self.slots[i]`.
fn last_part(receiver: &str) -> Option<String> {
    let mut depth = 0;
    let mut start = receiver.len();
    for (index, c) in receiver.char_indices().rev() {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' if depth == 0 => break,
            '(' | '[' => depth -= 1,
            // The `.` before a number is kept: `self.0` says more than `0`.
            _ if depth > 0 || c.is_alphanumeric() || c == '_' => {}
            '.' if receiver[index + 1..].starts_with(|next: char| next.is_ascii_digit()) => {}
            _ => break,
        }
        start = index;
    }
    (start < receiver.len()).then(|| receiver[start..].to_owned())
}
