//! `core`'s atomics stop where a check wants them to, as those of `std` do.

use std::sync::Arc;

use checks::schedule::{Order, Schedule};
use checks_core::sync::atomic::{AtomicU64, Ordering::SeqCst};

#[test]
fn a_count_in_two_steps_loses_one() {
    let stops = Order::Stops {
        thread: 0,
        steps: vec![2],
    };
    let schedule = Schedule::new(stops);
    let count = Arc::new(AtomicU64::new(0));
    for _ in 0..2 {
        let count = Arc::clone(&count);
        schedule.spawn("client", move || {
            count.store(count.load(SeqCst) + 1, SeqCst)
        });
    }
    schedule.run().unwrap();
    assert_eq!(count.load(SeqCst), 1);
}

#[test]
fn what_core_has_beside_them_is_core_s() {
    let text: Option<checks_core::num::NonZeroU8> = checks_core::num::NonZeroU8::new(3);
    assert_eq!(checks_core::mem::size_of_val(&text), 1);
}
