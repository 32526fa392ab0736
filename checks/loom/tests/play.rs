//! What a scene that is played finds, and how it is told.

use std::cell::{Cell, RefCell};
use std::panic::catch_unwind;
use std::rc::Rc;

use checks_loom::sync::atomic::AtomicUsize;
use checks_loom::sync::atomic::Ordering::SeqCst;
use checks_loom::sync::{Mutex, OnceLock, RwLock};
use checks_loom::{Heap, Player, Task, Watched, bytes_in_use, fail_here, note, run};

#[global_allocator]
static HEAP: Heap = Heap;

const WHY: &str = "a service has many threads";

fn task<'a>(name: impl Into<String>, work: impl FnOnce() + 'a) -> Task<'a> {
    (name.into(), Box::new(work))
}

/// What a check said that failed.
fn said(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = catch_unwind(check).expect_err("the check fails");
    panic
        .downcast_ref::<String>()
        .expect("a check says something")
        .clone()
}

#[test]
fn five_hundred_threads_wait_for_the_last_of_them() {
    Player::new(WHY).play(|| {
        let arrived = AtomicUsize::new(0);
        let threads = (0..500).map(|number| {
            let arrived = &arrived;
            task(format!("thread {number}"), move || {
                arrived.fetch_add(1, SeqCst);
                while arrived.load(SeqCst) < 500 {}
            })
        });
        run(threads.collect());
    });
}

#[test]
fn a_scene_without_an_end_is_told_so_with_its_last_steps() {
    let endless = || {
        Player::new(WHY).steps(5_000).play(|| {
            let turns = AtomicUsize::new(0);
            let turn = || {
                turns.fetch_add(1, SeqCst);
            };
            let one = task("one", || {
                loop {
                    turn()
                }
            });
            let other = task("other", || {
                loop {
                    turn()
                }
            });
            run(vec![one, other]);
        });
    };
    let message = said(endless);
    assert!(
        message.starts_with("the calls never end: after 5000 steps they still go on\n"),
        "{message}"
    );
    let table: Vec<&str> = message.lines().rev().take(17).collect();
    assert!(table[0].starts_with("  5000 "), "{message}");
    assert!(table[0].ends_with("<- and so on"), "{message}");
    assert_eq!(table[16], "  [...]", "{message}");
}

#[test]
fn a_seed_decides_the_order_and_another_one_decides_another() {
    let order = |seed| {
        let order = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let seen = order.clone();
        Player::new(WHY).interrupted(seed, 2).play(move || {
            let (atomic, steps) = (AtomicUsize::new(0), RefCell::new(Vec::new()));
            let tasks = (0..4).map(|number| {
                let (atomic, steps) = (&atomic, &steps);
                task("thread", move || {
                    for _ in 0..10 {
                        atomic.fetch_add(1, SeqCst);
                        steps.borrow_mut().push(number);
                    }
                })
            });
            run(tasks.collect());
            *seen.lock().unwrap() = steps.into_inner();
        });
        let order = order.lock().unwrap();
        order.clone()
    };
    assert_eq!(order(1), order(1));
    assert_ne!(order(1), order(2));
}

#[test]
fn a_lost_count_is_found_and_told_with_its_steps() {
    let said = said(|| {
        for seed in 0..20 {
            Player::new(WHY).interrupted(seed, 2).play(|| {
                let served = AtomicUsize::new(0);
                let count = || served.store(served.load(SeqCst) + 1, SeqCst);
                run(vec![task("request 1", count), task("request 2", count)]);
                let served = served.load(SeqCst);
                if served != 2 {
                    fail_here(format!("2 requests, and {served} counted"));
                }
            });
        }
    });
    assert!(said.starts_with("2 requests, and 1 counted\n"), "{said}");
    assert!(
        said.contains("  request 2    an atomic.store(1, SeqCst)"),
        "{said}"
    );
}

#[test]
fn a_thread_that_waits_for_itself_is_told_so() {
    let said = said(|| {
        Player::new(WHY).play(|| {
            let lock = Mutex::new(());
            let _first = lock.lock().unwrap();
            let _second = lock.lock().unwrap();
        });
    });
    assert!(
        said.starts_with("the main thread waits for ever: it waits for itself"),
        "{said}"
    );
}

#[test]
fn threads_that_wait_for_each_other_are_told_so() {
    let said = said(|| {
        Player::new(WHY).play(|| {
            let lock = Mutex::new(());
            let kept = lock.lock().unwrap();
            run(vec![task("request", || drop(lock.lock().unwrap()))]);
            drop(kept);
        });
    });
    assert!(
        said.starts_with("the threads wait for each other for ever\n"),
        "{said}"
    );
}

#[test]
fn what_is_freed_under_a_reader_is_told_and_not_read() {
    let said = said(|| {
        Player::new(WHY).play(|| {
            let weights = Box::into_raw(Box::new(Watched::new("the weights")));
            // SAFETY: from a box.
            drop(unsafe { Box::from_raw(weights) });
            // SAFETY: none, but that the heap keeps what is freed; that it was freed is what is told.
            unsafe { (*weights).read() };
        });
    });
    assert!(
        said.starts_with("the weights are read after they were freed\n"),
        "{said}"
    );
}

#[test]
fn a_lock_of_std_that_a_waiting_thread_holds_is_told_to_stand_still() {
    let said = said(|| {
        Player::new(WHY).play(|| {
            let (lock, seen) = (std::sync::Mutex::new(()), AtomicUsize::new(0));
            let hold = || {
                let _held = lock.lock().unwrap();
                seen.fetch_add(1, SeqCst);
                while seen.load(SeqCst) < 2 {}
            };
            run(vec![task("request 1", hold), task("request 2", hold)]);
        });
    });
    assert!(
        said.starts_with("a thread stands still, and not in anything of `crate::sync`\n"),
        "{said}"
    );
}

#[test]
fn a_panic_of_what_is_tested_is_told_with_its_text() {
    let said = said(|| {
        Player::new(WHY).play(|| run(vec![task("request", || panic!("no place is free"))]));
    });
    assert!(
        said.starts_with("the answer panicked: no place is free\n"),
        "{said}"
    );
}

#[test]
fn a_drop_may_recurse_over_a_hundred_thousand_links() {
    struct Link(#[expect(dead_code, reason = "its drop is what counts")] Option<Box<Link>>);

    Player::new(WHY).play(|| {
        let mut chain = None;
        for _ in 0..100_000 {
            chain = Some(Box::new(Link(chain)));
        }
        drop(chain);
    });
}

#[test]
fn locks_and_cells_leave_no_memory_behind() {
    Player::new(WHY).play(|| {
        let use_all = || {
            let (lock, cell) = (RwLock::new(vec![1]), OnceLock::new());
            let value = Rc::new(Cell::new(0));
            lock.write().unwrap().push(2);
            value.set(lock.read().unwrap().len());
            assert_eq!(cell.get_or_init(|| value.get()), &2);
            note("used all");
        };
        use_all();
        let before = bytes_in_use();
        use_all();
        assert_eq!(bytes_in_use(), before);
    });
}
