//! What happened in the run of the moment, step by step. A step is kept as it is, and put into words only if a table is needed.
//!
//! All threads of a run are on one thread of the system, so that one list for each such thread will do.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::Location;
use std::rc::Rc;
use std::sync::atomic::Ordering;

use crate::diagnosis::Wrong;
use crate::heap::uncounted;
use crate::{play, stage};

/// One step of one thread.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// Which thread; 0 is the one that runs the model's closure.
    pub thread: usize,
    pub kind: Kind,
}

/// What a step does, and what it is to the memory model.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// A plain access to memory: the only kind that can be a data race.
    Plain {
        object: usize,
        writes: bool,
        /// `reads`
        verb: &'static str,
        memory: Memory,
    },
    /// An operation on an atomic.
    Atomic(Operation),
    Fence(Ordering),
    /// A lock and the like, which orders what it should: `locks` and where.
    Lock(&'static str, Call, &'static str),
    /// What a check says.
    Text(String),
}

/// What is accessed, in words or by the place where it is.
#[derive(Debug, Clone)]
pub(crate) enum Memory {
    Named(Rc<str>),
    At(Call),
}

/// `ready.store(true, Relaxed)`, and what it read and wrote.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub call: Call,
    pub object: usize,
    pub name: &'static str,
    pub operands: [Option<Value>; 2],
    pub orderings: [Option<Ordering>; 2],
    pub read: Option<(Value, Ordering)>,
    pub wrote: Option<(Value, Ordering)>,
}

/// A value of an atomic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Bool(bool),
    Number(i128),
    /// An address.
    Pointer(usize),
}

/// Where the code under test calls.
pub(crate) type Call = &'static Location<'static>;

/// The file under test, in which tables look up what the code calls an atomic.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The end of its path, with `/` between the parts: `/lib.rs`.
    pub path_ends_with: &'static str,
    /// What it says.
    pub text: &'static str,
}

#[derive(Default)]
struct Trace {
    /// How many steps are counted before others are kept as well; none are kept if it is none.
    kept_after: Option<usize>,
    events: Vec<Event>,
    steps: usize,
    /// Who is who: numbers of threads with the names that a check gives.
    names: Vec<(usize, String)>,
    objects: usize,
    /// loom's ids of its threads, with their numbers.
    threads: Vec<(loom::thread::ThreadId, usize)>,
    /// Which atomics a thread has written with SeqCst.
    seqcst: Vec<(usize, usize)>,
    /// What each thread has read since it last changed something, and how often.
    in_vain: Vec<(usize, usize, Value, usize)>,
    waits: usize,
    found: Option<Found>,
}

thread_local! {
    static TRACE: RefCell<Trace> = RefCell::default();
}

fn with<R>(work: impl FnOnce(&mut Trace) -> R) -> R {
    uncounted(|| TRACE.with_borrow_mut(work))
}

/// A new run starts, of which all steps are kept that come after the first so many; none are if it is `None`.
pub(crate) fn clear(kept_after: Option<usize>) {
    with(|trace| {
        *trace = Trace {
            kept_after,
            ..Trace::default()
        }
    });
}

/// What is kept of a run.
pub(crate) struct Kept {
    /// How many steps came before.
    pub before: usize,
    pub events: Vec<Event>,
    /// Who is who: numbers of threads with the names that a check gives.
    pub names: Vec<(usize, String)>,
}

/// The steps of the run, and who is who.
pub(crate) fn kept() -> Kept {
    with(|trace| Kept {
        before: trace.steps - trace.events.len(),
        events: trace.events.clone(),
        names: trace.names.clone(),
    })
}

/// What a check found wrong in a run.
pub(crate) struct Found {
    pub text: String,
    /// The number of the promise that it breaks, if the check says it.
    pub promise: Option<usize>,
    pub wrong: Option<Wrong>,
}

/// What a check found wrong in the run.
pub(crate) fn found() -> Option<Found> {
    with(|trace| trace.found.take())
}

/// From now on the running thread is called `name`.
pub(crate) fn name_this_thread(name: &str) {
    let thread = this_thread();
    with(|trace| trace.names.push((thread, name.to_owned())));
}

/// Notes a step of the running thread, in words: `got version 2`.
pub fn note(step: &str) {
    record(|| Kind::Text(step.to_owned()));
}

/// Ends the run: it is wrong. `found` says what was seen, in a sentence.
pub fn fail_here(found: impl Into<String>) -> ! {
    found_here(found.into(), None, None)
}

/// As [`fail_here`]: the promise with this number is broken.
pub fn fail_promise(number: usize, found: impl Into<String>) -> ! {
    found_here(found.into(), Some(number), None)
}

/// As [`fail_here`], of what is seen without the check.
pub(crate) fn fail_wrong(wrong: Wrong, found: String) -> ! {
    found_here(found, None, Some(wrong))
}

fn found_here(text: String, promise: Option<usize>, wrong: Option<Wrong>) -> ! {
    let found = Found {
        text,
        promise,
        wrong,
    };
    with(|trace| trace.found = Some(found));
    panic!("found");
}

/// How many steps through [`crate::sync`] the run has had. A call that makes none has shared nothing that a check could see.
pub fn steps_taken() -> usize {
    with(|trace| trace.steps)
}

/// A number for a new cell or atomic, counted alike in every run.
pub(crate) fn new_object() -> usize {
    with(|trace| {
        trace.objects += 1;
        trace.objects
    })
}

/// Counts a round of a loop that waits.
pub(crate) fn wait_once_more() -> usize {
    with(|trace| {
        trace.waits += 1;
        trace.waits
    })
}

/// Counts a step of the running thread, and keeps it where tables are wanted.
pub(crate) fn record(kind: impl FnOnce() -> Kind) {
    let thread = this_thread();
    stage::step();
    with(|trace| {
        trace.steps += 1;
        if trace.kept_after.is_some_and(|first| trace.steps > first) {
            trace.events.push(Event {
                thread,
                kind: kind(),
            });
        }
    });
}

/// Records an operation on an atomic, and says whether its thread waits in a loop: it has read the very same so often since it
/// last changed anything.
pub(crate) fn record_atomic(operation: Operation) -> bool {
    const SAME_READS: usize = 3;
    let thread = this_thread();
    let read = operation.read.map(|(value, _)| value);
    let wrote = operation.wrote;
    let object = operation.object;
    let changes = wrote.is_some_and(|(value, _)| read != Some(value));
    record(|| Kind::Atomic(operation));
    with(|trace| {
        if wrote.is_some_and(|(_, ordering)| ordering == Ordering::SeqCst)
            && !trace.seqcst.contains(&(thread, object))
        {
            trace.seqcst.push((thread, object));
        }
        if changes {
            trace.in_vain.retain(|(by, ..)| *by != thread);
            return false;
        }
        let Some(read) = read else { return false };
        let same = |(by, what, value, _): &&mut (usize, usize, Value, usize)| {
            (*by, *what, *value) == (thread, object, read)
        };
        match trace.in_vain.iter_mut().find(same) {
            Some((.., times)) => {
                *times += 1;
                *times >= SAME_READS
            }
            None => {
                trace.in_vain.push((thread, object, read, 1));
                false
            }
        }
    })
}

/// The running thread changes something that is no atomic.
pub(crate) fn progress() {
    let thread = this_thread();
    with(|trace| trace.in_vain.retain(|(by, ..)| *by != thread));
}

/// Whether the running thread has written to an atomic other than `object` with `SeqCst`.
pub(crate) fn wrote_seqcst_elsewhere(object: usize) -> bool {
    let thread = this_thread();
    with(|trace| {
        let elsewhere = |(by, other): &(usize, usize)| *by == thread && *other != object;
        trace.seqcst.iter().any(elsewhere)
    })
}

fn this_thread() -> usize {
    if let Some(task) = play::this_task() {
        return task;
    }
    let id = loom::thread::current().id();
    with(|trace| {
        if let Some((_, number)) = trace.threads.iter().find(|(known, _)| *known == id) {
            return *number;
        }
        // `ThreadId(2)`: loom shows the number in no other way.
        let digits: String = format!("{id:?}")
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let number = digits.parse().expect("loom numbers its threads");
        trace.threads.push((id, number));
        number
    })
}

/// Puts steps into words.
pub(crate) struct Words {
    source: Option<Source>,
    names: HashMap<(u32, u32), String>,
    /// Addresses in the order in which they were first seen: tables must not differ from run to run.
    pointers: Vec<usize>,
}

impl Words {
    pub fn new(source: Option<Source>) -> Words {
        Words {
            source,
            names: HashMap::new(),
            pointers: Vec::new(),
        }
    }

    /// What the step does. Steps are asked for in their order.
    pub fn does(&mut self, event: &Event) -> String {
        match &event.kind {
            Kind::Plain { verb, memory, .. } => match memory {
                Memory::Named(what) => format!("{verb} {what}"),
                Memory::At(call) => format!("{verb} `{}`", self.name_at(call)),
            },
            Kind::Atomic(operation) => self.operation(operation),
            Kind::Fence(ordering) => format!("fence({ordering:?})"),
            Kind::Lock(before, call, after) => {
                let name = self.name_at(call);
                if after.is_empty() {
                    format!("{before} `{name}`")
                } else {
                    format!("{name}{after}")
                }
            }
            Kind::Text(text) => text.clone(),
        }
    }

    fn operation(&mut self, operation: &Operation) -> String {
        let operands = operation.operands.into_iter().flatten();
        let mut arguments: Vec<String> = operands.map(|value| self.value(value)).collect();
        let orderings = operation.orderings.into_iter().flatten();
        arguments.extend(orderings.map(|ordering| format!("{ordering:?}")));
        let read = operation.read.map(|(value, _)| self.value(value));
        let result = read.map(|value| format!(" -> {value}")).unwrap_or_default();
        let name = self.name_at(operation.call);
        format!(
            "{name}.{}({}){result}",
            operation.name,
            arguments.join(", ")
        )
    }

    fn value(&mut self, value: Value) -> String {
        match value {
            Value::Bool(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::Pointer(0) => "null".into(),
            Value::Pointer(address) => {
                let known = self.pointers.iter().position(|other| *other == address);
                let index = known.unwrap_or_else(|| {
                    self.pointers.push(address);
                    self.pointers.len() - 1
                });
                format!("pointer {}", index + 1)
            }
        }
    }

    /// What stands before `.method(` at a call in the source: `ready` for `self.ready.load(Relaxed)`.
    pub fn name_at(&mut self, call: Call) -> String {
        let place = (call.line(), call.column());
        if let Some(name) = self.names.get(&place) {
            return name.clone();
        }
        let file = call.file().replace('\\', "/");
        let source = self
            .source
            .filter(|source| file.ends_with(source.path_ends_with));
        let name = source.and_then(|source| receiver(source.text, place));
        let name = name.unwrap_or_else(|| "an atomic".to_owned());
        self.names.insert(place, name.clone());
        name
    }
}

/// What stands before the `.` of the method that is called at `line` and `column`.
fn receiver(source: &str, (line, column): (u32, u32)) -> Option<String> {
    let (line, column) = (line as usize, column as usize);
    let above: usize = source
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let before_call: String = source.get(above..)?.chars().take(column - 1).collect();
    let before = format!("{}{before_call}", &source[..above]);
    let receiver = before.trim_end().strip_suffix('.')?;
    last_part(receiver.trim_end())
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

#[cfg(test)]
mod tests {
    use super::receiver;

    #[test]
    fn an_atomic_is_called_what_the_code_calls_it() {
        let source = "fn f() {\n    self.ready.load(Relaxed);\n    self.slots[i % 2]\n        .swap(1, Relaxed);\n    self.0.get();\n}\n";
        assert_eq!(receiver(source, (2, 16)).as_deref(), Some("ready"));
        assert_eq!(receiver(source, (4, 10)).as_deref(), Some("slots[i % 2]"));
        assert_eq!(receiver(source, (5, 12)).as_deref(), Some("self.0"));
    }

    #[test]
    fn a_call_that_is_no_method_has_no_receiver() {
        assert_eq!(receiver("fence(Release);\n", (1, 1)), None);
    }
}
