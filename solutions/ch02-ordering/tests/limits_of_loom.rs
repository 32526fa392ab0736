//! What loom does not show, and what it shows though it cannot happen: two threads, two atomics.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use loom::sync::atomic::Ordering::{Relaxed, SeqCst};
use loom::sync::atomic::{AtomicU32, fence};

type Step = fn(&AtomicU32, &AtomicU32) -> u32;

/// What two threads that run `step` return, one with x and y, the other with y and x.
fn outcomes(step: Step) -> BTreeSet<(u32, u32)> {
    let all = Arc::new(Mutex::new(BTreeSet::new()));
    let found = Arc::clone(&all);
    loom::model(move || {
        let atomics = loom::sync::Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
        let other = loom::thread::spawn({
            let atomics = atomics.clone();
            move || step(&atomics.1, &atomics.0)
        });
        let mine = step(&atomics.0, &atomics.1);
        found.lock().unwrap().insert((mine, other.join().unwrap()));
    });
    let all = all.lock().unwrap();
    all.clone()
}

#[test]
fn load_buffering_is_allowed_and_never_shown() {
    let load_then_store = outcomes(|x, y| {
        let seen = x.load(Relaxed);
        y.store(1, Relaxed);
        seen
    });
    assert!(!load_then_store.contains(&(1, 1)));
}

#[test]
fn two_seqcst_stores_that_both_come_too_late_are_forbidden_and_shown() {
    let store_then_load = outcomes(|x, y| {
        x.store(1, SeqCst);
        y.load(SeqCst)
    });
    assert!(store_then_load.contains(&(0, 0)));
}

#[test]
fn a_seqcst_fence_is_known() {
    let with_a_fence = outcomes(|x, y| {
        x.store(1, SeqCst);
        fence(SeqCst);
        y.load(SeqCst)
    });
    assert!(!with_a_fence.contains(&(0, 0)));
}
