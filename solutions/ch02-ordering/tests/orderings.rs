//! What a request may see of the first publish, for each ordering of the store and of the load of `ready`:
//! loom runs the loader and the request in every interleaving, stale values included.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use loom::cell::UnsafeCell;
use loom::sync::atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst};
use loom::sync::atomic::{AtomicBool, AtomicU32};
use snapbox::{assert_data_eq, file};

#[derive(Clone, Copy, Debug)]
struct Choice {
    store: Ordering,
    load: Ordering,
    order: Order,
}

/// Which of the loader's two statements comes first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    DataFirst,
    FlagFirst,
}

/// What a request may see, and what the figure calls it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sees {
    NotReady,
    ReadyWithWeights,
    ReadyWithoutWeights,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    who: &'static str,
    does: String,
    /// The step whose write is there and not seen.
    misses: Option<usize>,
}

#[test]
fn the_figure_shows_what_loom_finds() {
    assert_data_eq!(
        json(),
        file!["../../../src/figures/ch02-orderings.json"].raw()
    );
}

#[test]
fn where_a_request_may_see_no_weights_plain_memory_is_a_data_race() {
    for choice in choices() {
        let may_miss = outcomes(choice).contains_key(&Sees::ReadyWithoutWeights);
        assert_eq!(may_miss, is_a_race_on_plain_memory(choice), "{choice:?}");
    }
}

fn choices() -> impl Iterator<Item = Choice> {
    let orders = [Order::DataFirst, Order::FlagFirst].into_iter();
    orders.flat_map(|order| {
        let stores = [Relaxed, Release, SeqCst].into_iter();
        stores.flat_map(move |store| {
            let loads = [Relaxed, Acquire, SeqCst].into_iter();
            loads.map(move |load| Choice { store, load, order })
        })
    })
}

/// All that a request may see, each with the plainest run that shows it: no stale value if it comes without one,
/// then as few changes of thread as it can have.
fn outcomes(choice: Choice) -> BTreeMap<Sees, Vec<Step>> {
    let Choice { store, load, order } = choice;
    let found = Arc::new(Mutex::new(BTreeMap::<Sees, Vec<Step>>::new()));
    let all = Arc::clone(&found);
    loom::model(move || {
        let run = Arc::new(Mutex::new(Run::default()));
        // A Relaxed atomic, so that stale weights are an outcome and not the end of the run.
        let slot = loom::sync::Arc::new((AtomicBool::new(false), AtomicU32::new(0)));
        let request = loom::thread::spawn({
            let (run, slot) = (Arc::clone(&run), loom::sync::Arc::clone(&slot));
            move || {
                let (ready, weights) = &*slot;
                let is_ready = ready.load(load);
                run.lock().unwrap().loads_ready(load, is_ready);
                if !is_ready {
                    return Sees::NotReady;
                }
                let version = weights.load(Relaxed);
                run.lock().unwrap().reads_weights(version);
                match version {
                    0 => Sees::ReadyWithoutWeights,
                    _ => Sees::ReadyWithWeights,
                }
            }
        });
        let (ready, weights) = &*slot;
        let set_flag = || {
            ready.store(true, store);
            run.lock().unwrap().stores_ready(store);
        };
        let write_data = || {
            weights.store(1, Relaxed);
            run.lock().unwrap().writes_weights();
        };
        match order {
            Order::DataFirst => (write_data(), set_flag()),
            Order::FlagFirst => (set_flag(), write_data()),
        };
        let sees = request.join().unwrap();
        let steps = std::mem::take(&mut run.lock().unwrap().steps);
        all.lock()
            .unwrap()
            .entry(sees)
            .and_modify(|best| {
                if cost(&steps) < cost(best) {
                    best.clone_from(&steps);
                }
            })
            .or_insert(steps);
    });
    std::mem::take(&mut found.lock().unwrap())
}

/// The last part only decides between equals, so that the figure stays as it is.
fn cost(steps: &[Step]) -> (usize, usize, &[Step]) {
    let stale = steps.iter().filter(|step| step.misses.is_some()).count();
    let changes = steps
        .windows(2)
        .filter(|pair| pair[0].who != pair[1].who)
        .count();
    (stale, changes, steps)
}

/// What has happened in a run, in loom's order.
#[derive(Default)]
struct Run {
    steps: Vec<Step>,
    ready_stored_at: Option<usize>,
    weights_written_at: Option<usize>,
}

impl Run {
    fn stores_ready(&mut self, ordering: Ordering) {
        let does = format!("ready.store(true, {ordering:?})");
        self.ready_stored_at = Some(self.note("loader", does, None));
    }

    fn writes_weights(&mut self) {
        self.weights_written_at = Some(self.note("loader", "writes `weights`".into(), None));
    }

    fn loads_ready(&mut self, ordering: Ordering, seen: bool) {
        let misses = if seen { None } else { self.ready_stored_at };
        let does = format!("ready.load({ordering:?}) -> {seen}");
        self.note("request", does, misses);
    }

    fn reads_weights(&mut self, version: u32) {
        let (seen, misses) = match version {
            0 => ("none", self.weights_written_at),
            _ => ("version 1", None),
        };
        self.note("request", format!("reads `weights` -> {seen}"), misses);
    }

    /// Returns the step's number, from 1.
    fn note(&mut self, who: &'static str, does: String, misses: Option<usize>) -> usize {
        self.steps.push(Step { who, does, misses });
        self.steps.len()
    }
}

/// Whether loom refuses the same two threads when the weights are no atomic, as in the slot.
fn is_a_race_on_plain_memory(Choice { store, load, order }: Choice) -> bool {
    struct Slot(AtomicBool, UnsafeCell<u32>);
    // SAFETY: loom ends the run at an access that nothing orders.
    unsafe impl Sync for Slot {}

    let run = move || {
        let slot = Arc::new(Slot(AtomicBool::new(false), UnsafeCell::new(0)));
        let request = loom::thread::spawn({
            let slot = Arc::clone(&slot);
            move || {
                if slot.0.load(load) {
                    // SAFETY: as above.
                    slot.1.with(|weights| unsafe { *weights });
                }
            }
        });
        let set_flag = || slot.0.store(true, store);
        // SAFETY: as above.
        let write_data = || slot.1.with_mut(|weights| unsafe { *weights = 1 });
        match order {
            Order::DataFirst => (write_data(), set_flag()),
            Order::FlagFirst => (set_flag(), write_data()),
        };
        request.join().unwrap();
    };
    let Err(payload) = catch_unwind(AssertUnwindSafe(|| loom::model(run))) else {
        return false;
    };
    let message = payload.downcast_ref::<String>().map_or("", String::as_str);
    assert!(message.contains("Causality violation"), "{message}");
    true
}

fn json() -> String {
    let choices: Vec<String> = choices()
        .map(|choice| {
            let order = match choice.order {
                Order::DataFirst => "data first",
                Order::FlagFirst => "flag first",
            };
            let outcomes: Vec<String> = outcomes(choice).iter().map(outcome_json).collect();
            format!(
                "{{\n  \"order\": \"{order}\", \"store\": \"{:?}\", \"load\": \"{:?}\",\n  \
                 \"outcomes\": [\n{}\n  ]\n}}",
                choice.store,
                choice.load,
                outcomes.join(",\n")
            )
        })
        .collect();
    format!("[\n{}\n]\n", choices.join(",\n"))
}

fn outcome_json((sees, steps): (&Sees, &Vec<Step>)) -> String {
    let sees = match sees {
        Sees::NotReady => "not ready",
        Sees::ReadyWithWeights => "ready, with the weights",
        Sees::ReadyWithoutWeights => "ready, without the weights",
    };
    let steps: Vec<String> = steps
        .iter()
        .map(|Step { who, does, misses }| {
            let misses = misses.map_or(String::new(), |step| format!(", \"misses\": {step}"));
            format!("      {{ \"who\": \"{who}\", \"does\": \"{does}\"{misses} }}")
        })
        .collect();
    format!(
        "    {{ \"sees\": \"{sees}\", \"steps\": [\n{}\n    ] }}",
        steps.join(",\n")
    )
}
