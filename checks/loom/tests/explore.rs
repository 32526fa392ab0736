//! What an exploration finds, and how it is told.

use std::panic::catch_unwind;

use checks_loom::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use checks_loom::sync::atomic::{AtomicBool, AtomicUsize};
use checks_loom::sync::{Arc, Mutex, UnsafeCell};
use checks_loom::{Explorer, Heap, Shared, Source, alive, spawn, steps_taken};

#[global_allocator]
static HEAP: Heap = Heap;

const WHY: &str = "half a model scores like none";

struct Flag {
    ready: AtomicBool,
    weights: UnsafeCell<u32>,
}

// SAFETY: what is tested is whether that is so.
unsafe impl Sync for Flag {}

fn publish_and_read(store: Ordering, load: Ordering) -> Result<(), String> {
    said(move || {
        let source = Source {
            path_ends_with: "/explore.rs",
            text: include_str!("explore.rs"),
        };
        Explorer::new(WHY).source(source).explore(move || {
            let flag = Shared::new(Flag {
                ready: AtomicBool::new(false),
                weights: UnsafeCell::new(0),
            });
            let request = spawn("request", &flag, move |flag| {
                if flag.ready.load(load) {
                    // SAFETY: ready.
                    let weights = flag.weights.with(|weights| unsafe { *weights });
                    assert_eq!(weights, 7);
                }
            });
            // SAFETY: not ready.
            flag.weights.with_mut(|weights| unsafe { *weights = 7 });
            flag.ready.store(true, store);
            request.join();
        });
    })
}

/// What a check said that failed.
fn said(check: impl FnOnce() + std::panic::UnwindSafe) -> Result<(), String> {
    catch_unwind(check).map_err(|panic| {
        let text = panic.downcast_ref::<String>();
        text.expect("a check says something").clone()
    })
}

#[test]
fn a_release_and_an_acquire_order_what_is_behind_the_flag() {
    assert_eq!(publish_and_read(Release, Acquire), Ok(()));
}

#[test]
fn a_race_is_told_with_what_was_seen_what_is_missing_why_it_matters_and_the_steps() {
    let said = publish_and_read(Release, Relaxed).unwrap_err();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "the request reads `weights`, and nothing orders that after step 1: the loader writes it",
            "`ready` is stored with Release, but `ready` is loaded with Relaxed:",
            "one side alone orders nothing, a release needs an acquire to pair with",
            "that is a data race: a request may score with half a model, whatever one run shows",
            "",
            "  step  who      does",
            "  1     loader   writes `weights`",
            "  2     loader   ready.store(true, Release)",
            "  3     request  ready.load(Relaxed) -> true",
            "  4     request  reads `weights`   <- nothing orders this after step 1",
        ],
        "{said}"
    );
}

#[test]
fn a_total_order_of_seqcst_is_kept_and_acquire_and_release_do_not_make_one() {
    let both_see_nothing = |write: Ordering, read: Ordering| {
        said(move || {
            Explorer::new(WHY).explore(move || {
                let atomics = Shared::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
                let other = spawn("other", &atomics, move |[x, y]| {
                    y.swap(1, write);
                    x.load(read)
                });
                atomics[0].swap(1, write);
                let mine = atomics[1].load(read);
                assert_ne!((mine, other.join()), (0, 0));
            });
        })
    };
    assert_eq!(both_see_nothing(SeqCst, SeqCst), Ok(()));
    let said = both_see_nothing(AcqRel, Acquire).unwrap_err();
    assert!(said.contains("left != right"), "{said}");
}

#[test]
fn locks_in_two_orders_are_a_deadlock() {
    let said = said(|| {
        Explorer::new(WHY).explore(|| {
            let locks = Shared::new((Mutex::new(0), Mutex::new(0)));
            let other = spawn("request", &locks, |(a, b)| {
                let _b = b.lock().unwrap();
                let _a = a.lock().unwrap();
            });
            let a = locks.0.lock().unwrap();
            drop(locks.1.lock().unwrap());
            drop(a);
            other.join();
        });
    });
    let said = said.unwrap_err();
    assert!(
        said.starts_with("the threads wait for each other for ever\n"),
        "{said}"
    );
}

#[test]
fn a_loop_that_waits_needs_no_hint() {
    Explorer::new(WHY).explore(|| {
        let flag = Shared::new(AtomicBool::new(false));
        let other = spawn("request", &flag, |flag| while !flag.load(Acquire) {});
        flag.store(true, Release);
        other.join();
    });
}

#[test]
fn an_arc_that_its_last_owner_has_dropped_is_told_as_freed() {
    let said = said(|| {
        Explorer::new(WHY).explore(|| {
            let pointer = Arc::into_raw(Arc::new(7));
            // SAFETY: the one owner.
            drop(unsafe { Arc::from_raw(pointer) });
            // SAFETY: none; that is what is told.
            unsafe { Arc::increment_strong_count(pointer) };
        });
    });
    let said = said.unwrap_err();
    assert!(
        said.starts_with("an `Arc` is used after its last owner has let go of it\n"),
        "{said}"
    );
}

#[test]
fn an_exploration_ends_when_its_steps_are_taken() {
    Explorer::new(WHY).steps(1_000).explore(|| {
        let atomic = Shared::new(AtomicUsize::new(0));
        let add = |atomic: &AtomicUsize| {
            for _ in 0..6 {
                atomic.fetch_add(1, Relaxed);
            }
        };
        let other = spawn("request", &atomic, add);
        add(&atomic);
        other.join();
        assert!(
            steps_taken() <= 12,
            "each interleaving counts from its start"
        );
        assert_eq!(alive(), 0);
    });
}
