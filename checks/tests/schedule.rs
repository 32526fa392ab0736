//! Threads on a schedule go on in the order that was chosen, on every machine.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use checks::Random;
use checks::schedule::{NoEnd, Order, Schedule, look, progress, step, wait, wake};

/// Three threads write their names three times each, with a step before each.
fn written(order: Order) -> String {
    let schedule = Schedule::new(order);
    let text = Arc::new(Mutex::new(String::new()));
    for name in ["a", "b", "c"] {
        let text = Arc::clone(&text);
        schedule.spawn(name, move || {
            for _ in 0..3 {
                step();
                text.lock().unwrap().push_str(name);
            }
        });
    }
    schedule.run().unwrap();
    let text = text.lock().unwrap();
    text.clone()
}

#[test]
fn in_turn_each_thread_runs_as_far_as_it_can() {
    assert_eq!(written(Order::InTurn), "aaabbbccc");
}

#[test]
fn a_thread_stops_before_its_steps_and_one_other_goes_on() {
    let stops = |thread, steps: &[usize]| Order::Stops {
        thread,
        steps: steps.to_vec(),
    };
    assert_eq!(written(stops(0, &[2])), "abbbaaccc");
    assert_eq!(written(stops(1, &[1, 3])), "aaabbcccb");
}

#[test]
fn the_same_seed_gives_the_same_order() {
    let texts: Vec<String> = (0..8)
        .map(|seed| written(Order::Random(Random::new(seed))))
        .collect();
    let again: Vec<String> = (0..8)
        .map(|seed| written(Order::Random(Random::new(seed))))
        .collect();
    assert_eq!(texts, again);
    assert!(texts.iter().any(|text| *text != texts[0]), "{texts:?}");
}

#[test]
fn threads_that_wait_for_each_other_are_known_at_once() {
    let schedule = Schedule::new(Order::InTurn);
    let one = schedule.spawn("one", || {
        wait(1);
        wake(2);
    });
    let other = schedule.spawn("other", || {
        wait(2);
        wake(1);
    });
    schedule.run().unwrap();
    assert!(!schedule.has_ended(one) && !schedule.has_ended(other));
    schedule.wake(1);
    schedule.run().unwrap();
    assert!(schedule.has_ended(one) && schedule.has_ended(other));
}

#[test]
fn a_thread_that_polls_goes_on_when_something_has_changed() {
    let schedule = Schedule::new(Order::InTurn);
    let is_open = Arc::new(AtomicBool::new(false));
    let looks = Arc::new(AtomicU64::new(0));
    let (open, count) = (Arc::clone(&is_open), Arc::clone(&looks));
    let polls = schedule.spawn("polls", move || {
        while !open.load(SeqCst) {
            count.fetch_add(1, SeqCst);
            look();
        }
    });
    schedule.run().unwrap();
    assert!(!schedule.has_ended(polls));
    assert!(
        looks.load(SeqCst) < 30,
        "it polls {looks:?} times for nothing"
    );
    schedule.run_for(100).unwrap();
    assert!(
        looks.load(SeqCst) >= 100,
        "time has passed, and it polled {looks:?} times"
    );
    schedule.spawn("opens", move || {
        is_open.store(true, SeqCst);
        progress();
    });
    schedule.run().unwrap();
    assert!(schedule.has_ended(polls));
}

#[test]
fn steps_without_an_end_are_given_up() {
    let schedule = Schedule::new(Order::InTurn);
    schedule.spawn("walks in a circle", || {
        loop {
            step();
            progress();
        }
    });
    assert_eq!(schedule.run(), Err(NoEnd::Endless));
}
