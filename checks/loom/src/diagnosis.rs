//! From the steps of a run that went wrong to a sentence about what is missing in the code.

use std::any::Any;
use std::cell::RefCell;
use std::fmt::Write;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use crate::trace::{Event, Found, Kept, Kind, Operation, Source, Words};

/// How a run went wrong. It did so at its last step.
pub(crate) enum Failure {
    /// A check saw something wrong, and says what.
    Found(Found),
    /// Nothing orders the last step after an access of another thread; loom says of which.
    Race {
        /// loom's number of that thread, where loom knows it.
        other: Option<usize>,
    },
    /// Nobody can go on.
    Deadlock,
    /// A loop that would run for ever while the others stand still.
    Spins,
    /// All threads have waited for long, and nothing changed.
    Stuck,
    /// So many steps, and no end.
    Endless(usize),
    /// An `Arc` that nobody drops.
    Leak,
    /// An `Arc` that was freed is used.
    Freed,
    /// The answer's own panic.
    Panicked(String),
}

impl Failure {
    /// What loom's panic means; `last` is the thread of the last step.
    pub fn of_loom(panic: &(dyn Any + Send), last: Option<usize>) -> Failure {
        let said = text_of(panic);
        if said.contains("Causality violation") {
            let threads = said.split("thread #").skip(1);
            let mut numbers = threads.filter_map(|text| text.split(' ').next()?.parse().ok());
            Failure::Race {
                other: numbers.find(|number| Some(*number) != last),
            }
        } else if said.starts_with("deadlock") {
            Failure::Deadlock
        } else if said.contains("exceeded maximum number of branches") {
            Failure::Spins
        } else if said.contains("Arc leaked") {
            Failure::Leak
        } else if said.contains("no entry found for key") {
            // loom looks up an `Arc` by its address.
            Failure::Freed
        } else {
            Failure::Panicked(said)
        }
    }

    /// What the panic of a thread means.
    pub fn of_panic(panic: &(dyn Any + Send)) -> Failure {
        Failure::Panicked(text_of(panic))
    }
}

fn text_of(panic: &(dyn Any + Send)) -> String {
    match checks::panic_text(panic) {
        Some(text) => text.trim().to_owned(),
        // A stack that overflows in a thread of a model ends it so.
        None if panic.is::<generator::Error>() => {
            "its stack overflowed: keep what is large on the heap".to_owned()
        }
        None => "with a value that is no text".to_owned(),
    }
}

/// The steps of one run and who is who in it.
pub(crate) struct Interleaving {
    /// How many steps came before those that are known.
    before: usize,
    events: Vec<Event>,
    /// What each step does, in words.
    does: Vec<String>,
    names: Vec<(usize, String)>,
    words: RefCell<Words>,
}

/// What is wrong with a run of which no check has said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Something is read that others have written, and nothing orders the two.
    ReadsUnordered,
    /// Something is written or freed that others read, and nothing keeps them apart.
    WritesUnordered,
    /// A call never ends.
    NeverEnds,
    /// Memory is freed never, or twice.
    Frees,
    /// Threads share what does not go through [`crate::sync`].
    Unseen,
}

/// What a check that failed says.
pub(crate) struct Diagnosis {
    message: String,
    trace: checks::Trace,
    /// The number of the promise that is broken, if the check says it.
    promise: Option<usize>,
    wrong: Option<Wrong>,
}

impl Diagnosis {
    pub fn without_steps(seen: &str, missing: &str, why: &str) -> Diagnosis {
        Diagnosis {
            message: format!("{seen}\n{missing}\n{why}"),
            trace: checks::Trace::default(),
            promise: None,
            wrong: Some(Wrong::Unseen),
        }
    }

    /// Ends the check, and writes the steps and the broken promise where `CHECK_TRACE` and `CHECK_PROMISE` ask for them.
    /// `remark` comes before the table. No promise is named without `promise_of`.
    #[track_caller]
    pub fn raise(self, remark: Option<&str>, promise_of: Option<fn(Wrong) -> Option<usize>>) -> ! {
        self.trace.write();
        let named = promise_of.and_then(|of| self.promise.or_else(|| of(self.wrong?)));
        if let Some(number) = named {
            checks::write_promise(number);
        }
        let Some(remark) = remark else {
            panic!("{}", self.message)
        };
        match self.message.split_once("\n\n") {
            Some((text, table)) => panic!("{text}\n{remark}\n\n{table}"),
            None => panic!("{}\n{remark}", self.message),
        }
    }
}

/// A table shows so many steps at most, and of more only so many.
const MOST_STEPS: usize = 32;
const SHOWN_OF_MORE: usize = 16;

impl Interleaving {
    pub fn new(kept: Kept, source: Option<Source>) -> Interleaving {
        let Kept {
            before,
            events,
            names,
        } = kept;
        let mut words = Words::new(source);
        let does = events.iter().map(|event| words.does(event)).collect();
        Interleaving {
            before,
            events,
            does,
            names,
            words: RefCell::new(words),
        }
    }

    /// What a check that failed says.
    pub fn diagnosis(&self, failure: &Failure, why: &str) -> Diagnosis {
        let (message, remark) = self.message(failure, why);
        let mut trace = self.trace();
        if let (Some(remark), Some(last)) = (remark, trace.steps.last_mut()) {
            last.what = format!("{}   <- {remark}", last.what);
        }
        Diagnosis {
            message,
            trace,
            promise: match failure {
                Failure::Found(found) => found.promise,
                _ => None,
            },
            wrong: self.wrong(failure),
        }
    }

    fn wrong(&self, failure: &Failure) -> Option<Wrong> {
        let writes = self
            .events
            .last()
            .is_some_and(|event| matches!(event.kind, Kind::Plain { writes, .. } if writes));
        match failure {
            Failure::Race { other } => {
                let partner = self.partner(*other);
                let is_published = |earlier| self.is_used_before(earlier, earlier);
                Some(if writes || partner.is_some_and(is_published) {
                    Wrong::WritesUnordered
                } else {
                    Wrong::ReadsUnordered
                })
            }
            Failure::Deadlock | Failure::Spins | Failure::Stuck | Failure::Endless(_) => {
                Some(Wrong::NeverEnds)
            }
            Failure::Leak => Some(Wrong::Frees),
            Failure::Freed => Some(Wrong::WritesUnordered),
            Failure::Found(found) => found.wrong,
            Failure::Panicked(_) => None,
        }
    }

    /// What is said of threads that wait for ever.
    fn waits(&self) -> String {
        let mut threads = self.names.iter().map(|(thread, _)| *thread);
        let first = threads.next();
        let is_one = threads.all(|thread| Some(thread) == first);
        match self.events.last() {
            Some(last) if is_one => format!(
                "the {} waits for ever: it waits for itself, for no other thread is there",
                self.who(last)
            ),
            _ => "the threads wait for each other for ever".to_owned(),
        }
    }

    fn trace(&self) -> checks::Trace {
        let mut trace = checks::Trace::default();
        for (event, does) in self.events.iter().zip(&self.does) {
            let lane = self.who(event);
            if !trace.lanes.contains(&lane) {
                trace.lanes.push(lane.clone());
            }
            trace.steps.push(checks::Step {
                at: None,
                lane,
                what: does.clone(),
            });
        }
        trace
    }

    /// What was seen, what is missing, why it matters, and the steps that show it. And what the table remarks of the last one.
    fn message(&self, failure: &Failure, why: &str) -> (String, Option<String>) {
        let last = self.events.len().saturating_sub(1);
        let (seen, missing, why, (table, remark)) = match failure {
            Failure::Found(found) => (
                found.text.clone(),
                String::new(),
                why,
                self.table(last, "here"),
            ),
            Failure::Race { other } => {
                let why = "that is a data race: a request may score with half a model, \
                           whatever one run shows";
                match self.partner(*other) {
                    Some(earlier) => {
                        let mark = format!("nothing orders this after step {}", self.number(earlier));
                        let table = self.table(earlier, &mark);
                        (self.race(earlier), self.missing(earlier), why, table)
                    }
                    None => {
                        let seen = "two threads use the same memory, and nothing orders them";
                        (
                            seen.to_owned(),
                            String::new(),
                            why,
                            self.table(last, "here"),
                        )
                    }
                }
            }
            Failure::Deadlock => (
                self.waits(),
                "each is blocked where its steps end".to_owned(),
                "a slot that blocks takes the whole service with it",
                self.table(last, "no thread can go on"),
            ),
            Failure::Spins => (
                "a loop waits for another thread and does not let it run".to_owned(),
                "call `crate::sync::hint::spin_loop()` in the loop; if it does, what it waits for \
                 never happens"
                    .to_owned(),
                "a loop like this keeps a core busy and a request waiting",
                self.start_of_table(),
            ),
            Failure::Stuck => (
                self.waits(),
                "each has waited for long, and none has changed anything".to_owned(),
                "a slot that blocks takes the whole service with it",
                self.table(last, "no thread goes on"),
            ),
            Failure::Endless(steps) => (
                format!("the calls never end: after {steps} steps they still go on"),
                "the table has the last of these steps: what is done in them again and again has no end, or one that no request waits for"
                    .to_owned(),
                why,
                self.table(last, "and so on"),
            ),
            Failure::Freed => (
                "an `Arc` is used after its last owner has let go of it".to_owned(),
                "a pointer keeps nothing alive: raise the count while an owner is sure to be there"
                    .to_owned(),
                "freed under a request, weights give a score of no model",
                self.table(last, "here"),
            ),
            Failure::Leak => (
                "an `Arc` is still alive after every thread has ended and the slot was dropped"
                    .to_owned(),
                String::new(),
                "weights that are never freed fill the memory, swap by swap",
                self.table(last, "here"),
            ),
            Failure::Panicked(text) => {
                let seen = format!("the answer panicked: {text}");
                (seen, String::new(), why, self.table(last, "after this"))
            }
        };
        let mut message = String::new();
        for part in [seen.as_str(), missing.as_str(), why] {
            if !part.is_empty() {
                let _ = writeln!(message, "{part}");
            }
        }
        (format!("{message}\n{table}"), remark)
    }

    /// The access that the last step races with.
    fn partner(&self, thread: Option<usize>) -> Option<usize> {
        let (last, before) = self.events.split_last()?;
        let Kind::Plain { object, writes, .. } = last.kind else {
            return None;
        };
        let races = |event: &Event| match event.kind {
            Kind::Plain {
                object: other,
                writes: other_writes,
                ..
            } => other == object && event.thread != last.thread && (writes || other_writes),
            _ => false,
        };
        let found = |thread: Option<usize>| {
            before
                .iter()
                .rposition(|event| races(event) && thread.is_none_or(|id| event.thread == id))
        };
        found(thread).or_else(|| found(None))
    }

    fn race(&self, earlier: usize) -> String {
        let end = self.events.len() - 1;
        let (first, last) = (&self.events[earlier], &self.events[end]);
        let (verb, what) = self.does[earlier].split_once(' ').unwrap_or_default();
        let it = if what.starts_with('`') { "it" } else { "them" };
        format!(
            "the {} {}, and nothing orders that after step {}: the {} {verb} {it}",
            self.who(last),
            self.does[end],
            self.number(earlier),
            self.who(first),
        )
    }

    /// What would have to order the last step after `earlier`, and does not.
    fn missing(&self, earlier: usize) -> String {
        let last = self.events.len() - 1;
        let (first_who, last_who) = (
            self.who(&self.events[earlier]),
            self.who(&self.events[last]),
        );
        let announced_late = self.pair(last, |store| store > earlier, earlier);
        let announced_early = self.pair(last, |store| store < earlier, earlier);
        let writes =
            |index: usize| matches!(self.events[index].kind, Kind::Plain { writes, .. } if writes);
        match (announced_late, announced_early) {
            (Some(pair), _) if !self.is_ordered(&pair, earlier) => self.unpaired(&pair, earlier),
            (None, Some(pair)) if writes(earlier) && self.is_used_before(pair.store, earlier) => {
                format!(
                    "`{}` had announced that memory in step {}, and requests may still be on their \
                     way to it:\nwhat was published once must stay while anyone may read it",
                    pair.name,
                    self.number(pair.store)
                )
            }
            (None, Some(pair)) if writes(earlier) => format!(
                "`{}` is stored with {:?} before step {}:\n\
                 a store announces what came before it, and nothing that comes after",
                pair.name,
                pair.stored,
                self.number(earlier)
            ),
            _ if !writes(earlier) => format!(
                "nothing keeps the {last_who} from that memory while the {first_who} may still read it"
            ),
            _ if self.is_used_before(earlier, earlier) => format!(
                "the {first_who} changes what was already published, \
                 and the {last_who} saw it published before"
            ),
            _ => format!(
                "the {last_who} has loaded nothing that the {first_who} stored after that step"
            ),
        }
    }

    /// What the thread of step `reader` last loaded from an atomic that the thread of step `earlier`
    /// stored, at a step that `stored_at` allows.
    fn pair(
        &self,
        reader: usize,
        stored_at: impl Fn(usize) -> bool,
        earlier: usize,
    ) -> Option<Pair> {
        let (load_thread, store_thread) = (self.events[reader].thread, self.events[earlier].thread);
        let loads = (0..reader)
            .rev()
            .filter(|index| self.events[*index].thread == load_thread);
        loads.into_iter().find_map(|load| {
            let Kind::Atomic(Operation {
                call,
                object,
                read: Some((value, loaded)),
                ..
            }) = &self.events[load].kind
            else {
                return None;
            };
            let store = (0..load)
                .rev()
                .find_map(|store| match &self.events[store].kind {
                    Kind::Atomic(Operation {
                        object: other,
                        wrote: Some((written, stored)),
                        ..
                    }) if other == object
                        && written == value
                        && self.events[store].thread == store_thread
                        && stored_at(store) =>
                    {
                        Some((store, *stored))
                    }
                    _ => None,
                });
            let (store, stored) = store?;
            Some(Pair {
                name: self.words.borrow_mut().name_at(call),
                store,
                stored,
                load,
                loaded: *loaded,
            })
        })
    }

    fn is_ordered(&self, pair: &Pair, earlier: usize) -> bool {
        self.releases(pair, earlier).is_some() && self.acquires(pair).is_some()
    }

    /// What makes the store announce the steps before it.
    fn releases(&self, pair: &Pair, earlier: usize) -> Option<String> {
        if matches!(pair.stored, Release | AcqRel | SeqCst) {
            return Some(format!("`{}` is stored with {:?}", pair.name, pair.stored));
        }
        let thread = self.events[pair.store].thread;
        let fence = self.fence(thread, earlier..pair.store, &[Release, AcqRel, SeqCst])?;
        Some(format!(
            "fence({fence:?}) stands before the store of `{}`",
            pair.name
        ))
    }

    /// What makes the load see them.
    fn acquires(&self, pair: &Pair) -> Option<String> {
        if matches!(pair.loaded, Acquire | AcqRel | SeqCst) {
            return Some(format!("`{}` is loaded with {:?}", pair.name, pair.loaded));
        }
        let thread = self.events[pair.load].thread;
        let to_the_end = pair.load..self.events.len();
        let fence = self.fence(thread, to_the_end, &[Acquire, AcqRel, SeqCst])?;
        Some(format!(
            "fence({fence:?}) stands after the load of `{}`",
            pair.name
        ))
    }

    fn fence(
        &self,
        thread: usize,
        mut steps: std::ops::Range<usize>,
        kinds: &[Ordering],
    ) -> Option<Ordering> {
        steps.find_map(|index| match &self.events[index] {
            Event {
                thread: by,
                kind: Kind::Fence(ordering),
                ..
            } if *by == thread && kinds.contains(ordering) => Some(*ordering),
            _ => None,
        })
    }

    fn unpaired(&self, pair: &Pair, earlier: usize) -> String {
        let Pair {
            name,
            stored,
            loaded,
            ..
        } = pair;
        match (self.releases(pair, earlier), self.acquires(pair)) {
            (Some(one_side), _) => format!(
                "{one_side}, but `{name}` is loaded with {loaded:?}:\n\
                 one side alone orders nothing, a release needs an acquire to pair with"
            ),
            (None, Some(one_side)) => format!(
                "{one_side}, but `{name}` is stored with {stored:?}:\n\
                 one side alone orders nothing, an acquire needs a release to pair with"
            ),
            (None, None) => format!(
                "`{name}` is stored with {stored:?} and loaded with {loaded:?}: \
                 that orders `{name}` itself\nand no other memory"
            ),
        }
    }

    /// Whether a step before `end` used the memory that step `index` changes.
    fn is_used_before(&self, end: usize, index: usize) -> bool {
        let Kind::Plain { object, .. } = self.events[index].kind else {
            return false;
        };
        self.events[..end]
            .iter()
            .any(|event| matches!(event.kind, Kind::Plain { object: other, .. } if other == object))
    }

    fn who(&self, event: &Event) -> String {
        let name = self
            .names
            .iter()
            .rfind(|(thread, _)| *thread == event.thread);
        name.map_or_else(
            || format!("thread {}", event.thread),
            |(_, name)| name.clone(),
        )
    }

    /// The steps as a table; the last one has a remark. Of very many it shows the last ones, and
    /// all from step `needed` on.
    fn table(&self, needed: usize, remark: &str) -> (String, Option<String>) {
        let count = self.events.len();
        let start = if count > MOST_STEPS {
            needed.min(count - SHOWN_OF_MORE)
        } else {
            0
        };
        let table = format!("{}   <- {remark}", self.rows(start..count));
        (table, Some(remark.to_owned()))
    }

    /// A loop shows in its first rounds.
    fn start_of_table(&self) -> (String, Option<String>) {
        let count = self.events.len();
        let mut table = self.rows(0..count.min(SHOWN_OF_MORE));
        if count > SHOWN_OF_MORE {
            table.push_str("\n  [...]");
        }
        (table, None)
    }

    /// The number of a step in the whole run: the first has the number 1.
    fn number(&self, index: usize) -> usize {
        self.before + index + 1
    }

    fn rows(&self, steps: std::ops::Range<usize>) -> String {
        let who: Vec<String> = self.events.iter().map(|event| self.who(event)).collect();
        let width = who.iter().map(String::len).max().unwrap_or_default();
        let mut table = format!("  {:<4}  {:<width$}  does", "step", "who");
        if self.before + steps.start > 0 {
            table.push_str("\n  [...]");
        }
        for index in steps {
            let does = &self.does[index];
            let _ = write!(
                table,
                "\n  {:<4}  {:<width$}  {does}",
                self.number(index),
                who[index]
            );
        }
        table
    }
}

/// A load and the store that it read from.
struct Pair {
    name: String,
    store: usize,
    stored: Ordering,
    load: usize,
    loaded: Ordering,
}
