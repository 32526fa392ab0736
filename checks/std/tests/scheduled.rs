//! What waits on a schedule waits where the standard library would, and what is lost is lost every time.

use std::sync::Arc;

use checks::Random;
use checks::schedule::{Order, Schedule};
use checks_std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use checks_std::sync::{
    Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock, RwLockWriteGuard, mpsc,
};
use checks_std::time::{Duration, Instant};
use checks_std::{hint, thread};

/// Whether all of these threads come to their end when they go on in turn.
fn all_end(threads: Vec<Box<dyn FnOnce() + Send>>) -> bool {
    all_end_in(Order::InTurn, threads)
}

fn all_end_in(order: Order, threads: Vec<Box<dyn FnOnce() + Send>>) -> bool {
    let schedule = Schedule::new(order);
    let spawn = |run: Box<dyn FnOnce() + Send>| schedule.spawn("client", run);
    let threads: Vec<usize> = threads.into_iter().map(spawn).collect();
    schedule.run().unwrap();
    threads.iter().all(|thread| schedule.has_ended(*thread))
}

#[test]
fn a_lock_is_waited_for_and_given_on() {
    let lock = Arc::new(Mutex::new(0));
    let adds = |lock: &Arc<Mutex<i32>>| -> Box<dyn FnOnce() + Send> {
        let lock = Arc::clone(lock);
        Box::new(move || {
            let mut sum = lock.lock().unwrap();
            thread::yield_now();
            *sum += 1;
        })
    };
    assert!(all_end(vec![adds(&lock), adds(&lock), adds(&lock)]));
    assert_eq!(*lock.lock().unwrap(), 3);
}

#[test]
fn two_locks_in_two_orders_are_a_deadlock_that_ends_the_run() {
    let locks = Arc::new((Mutex::new(()), Mutex::new(())));
    let other = Arc::clone(&locks);
    let order = Order::Stops {
        thread: 0,
        steps: vec![2],
    };
    let one = move || {
        let _first = locks.0.lock();
        let _second = locks.1.lock();
    };
    let two = move || {
        let _second = other.1.lock();
        let _first = other.0.lock();
    };
    assert!(!all_end_in(order, vec![Box::new(one), Box::new(two)]));
}

#[test]
fn a_notification_that_comes_too_early_is_lost() {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let waits = |pair: &Arc<(Mutex<bool>, Condvar)>| -> Box<dyn FnOnce() + Send> {
        let pair = Arc::clone(pair);
        Box::new(move || {
            let is_open = pair
                .1
                .wait_while(pair.0.lock().unwrap(), |is_open| !*is_open);
            drop(is_open);
        })
    };
    let opens = |pair: &Arc<(Mutex<bool>, Condvar)>, early: bool| -> Box<dyn FnOnce() + Send> {
        let pair = Arc::clone(pair);
        Box::new(move || {
            if early {
                pair.1.notify_one();
            }
            *pair.0.lock().unwrap() = true;
            if !early {
                pair.1.notify_one();
            }
        })
    };
    assert!(all_end(vec![waits(&pair), opens(&pair, false)]));
    *pair.0.lock().unwrap() = false;
    let stops = Order::Stops {
        thread: 1,
        steps: vec![2],
    };
    assert!(!all_end_in(stops, vec![waits(&pair), opens(&pair, true)]));
}

#[test]
fn a_count_that_is_loaded_and_stored_loses_one_and_fetch_add_loses_none() {
    let served = |add: fn(&AtomicU64)| {
        let count = Arc::new(AtomicU64::new(0));
        let adds = || -> Box<dyn FnOnce() + Send> {
            let count = Arc::clone(&count);
            Box::new(move || add(&count))
        };
        let stops = Order::Stops {
            thread: 0,
            steps: vec![2],
        };
        assert!(all_end_in(stops, vec![adds(), adds()]));
        count.load(SeqCst)
    };
    assert_eq!(
        served(|count| count.store(count.load(SeqCst) + 1, SeqCst)),
        1
    );
    assert_eq!(served(|count| _ = count.fetch_add(1, SeqCst)), 2);
}

#[test]
fn readers_share_and_a_writer_waits() {
    let lock = Arc::new(RwLock::new(0));
    let (reads, writes) = (Arc::clone(&lock), Arc::clone(&lock));
    let reads = move || {
        let first = reads.read().unwrap();
        let second = reads.read().unwrap();
        thread::yield_now();
        assert_eq!(*first + *second, 0);
    };
    let writes = move || *writes.write().unwrap() += 1;
    assert!(all_end(vec![Box::new(reads), Box::new(writes)]));
    assert_eq!(*lock.read().unwrap(), 1);
}

#[test]
fn a_channel_is_waited_for_until_its_last_sender_is_gone() {
    let (sender, receiver) = mpsc::channel();
    let receives = move || assert_eq!(receiver.into_iter().collect::<Vec<u8>>(), [1, 2]);
    let sends = move || {
        [1, 2]
            .into_iter()
            .for_each(|value| sender.send(value).unwrap())
    };
    assert!(all_end(vec![Box::new(receives), Box::new(sends)]));
}

#[test]
fn a_full_channel_is_waited_for() {
    let (sender, receiver) = mpsc::sync_channel(1);
    let sends = move || (0..5).for_each(|value| sender.send(value).unwrap());
    let receives = move || assert_eq!(receiver.iter().sum::<i32>(), 10);
    assert!(all_end(vec![Box::new(sends), Box::new(receives)]));
}

#[test]
fn whoever_polls_is_no_endless_run() {
    let is_open = Arc::new(AtomicBool::new(false));
    let polls = |wait: fn(), is_open: &Arc<AtomicBool>| -> Box<dyn FnOnce() + Send> {
        let is_open = Arc::clone(is_open);
        Box::new(move || {
            while !is_open.load(SeqCst) {
                wait();
            }
        })
    };
    let polling = || {
        vec![
            polls(thread::yield_now, &is_open),
            polls(hint::spin_loop, &is_open),
            polls(|| thread::sleep(Duration::from_secs(60)), &is_open),
            polls(|| (), &is_open),
        ]
    };
    assert!(!all_end(polling()));
    let mut threads = polling();
    let open = Arc::clone(&is_open);
    threads.push(Box::new(move || open.store(true, SeqCst)));
    assert!(all_end(threads));
}

#[test]
fn a_thread_of_a_thread_is_on_the_schedule_and_can_be_joined_and_unparked() {
    let parent = || {
        let child = thread::spawn(|| {
            thread::park();
            7
        });
        child.thread().unpark();
        assert_eq!(child.join().unwrap(), 7);
    };
    assert!(all_end(vec![Box::new(parent)]));
    assert!(!all_end(vec![Box::new(thread::park)]));
}

#[test]
fn what_is_made_once_is_waited_for_and_made_once() {
    type Shared = (OnceLock<u64>, LazyLock<u64>, Once, AtomicU64);
    static MADE: Shared = (
        OnceLock::new(),
        LazyLock::new(|| {
            thread::yield_now();
            MADE.3.fetch_add(1, SeqCst)
        }),
        Once::new(),
        AtomicU64::new(0),
    );
    let makes = || -> Box<dyn FnOnce() + Send> {
        Box::new(|| {
            MADE.0.get_or_init(|| {
                thread::yield_now();
                MADE.3.fetch_add(1, SeqCst)
            });
            MADE.2.call_once(|| {
                thread::yield_now();
                MADE.3.fetch_add(1, SeqCst);
            });
            let _ = *MADE.1;
        })
    };
    let waits = || {
        MADE.0.wait();
        MADE.2.wait();
    };
    let threads = vec![Box::new(waits), makes(), makes(), makes()];
    assert!(all_end_in(Order::Random(Random::new(1)), threads));
    assert_eq!(MADE.3.load(SeqCst), 3);
}

#[test]
fn a_barrier_is_waited_for_until_it_is_full() {
    let comes = |barrier: &Arc<Barrier>| -> Box<dyn FnOnce() + Send> {
        let barrier = Arc::clone(barrier);
        Box::new(move || _ = barrier.wait())
    };
    let barrier = Arc::new(Barrier::new(2));
    assert!(all_end(vec![comes(&barrier), comes(&barrier)]));
    assert!(!all_end(vec![comes(&barrier)]));
}

#[test]
fn a_writer_becomes_a_reader_that_others_may_join() {
    let lock = Arc::new(RwLock::new(0));
    let other = Arc::clone(&lock);
    let writes = move || {
        let mut guard = lock.write().unwrap();
        *guard = 1;
        let _reads = RwLockWriteGuard::downgrade(guard);
        thread::park();
    };
    let reads = move || assert_eq!(*other.read().unwrap(), 1);
    let schedule = Schedule::new(Order::InTurn);
    schedule.spawn("writes", writes);
    let reads = schedule.spawn("reads", reads);
    schedule.run().unwrap();
    assert!(schedule.has_ended(reads));
}

#[test]
fn the_clock_goes_on_when_nobody_else_can_and_as_far_as_it_must() {
    let hour = Duration::from_secs(3600);
    let (sender, receiver) = mpsc::channel::<()>();
    let waits = move || {
        let start = Instant::now();
        thread::sleep(hour);
        assert_eq!(start.elapsed(), hour);
        thread::park_timeout(hour);
        assert_eq!(start.elapsed(), 2 * hour);
        let lock = Mutex::new(());
        let timed = Condvar::new().wait_timeout(lock.lock().unwrap(), hour);
        assert!(timed.unwrap().1.timed_out());
        assert_eq!(start.elapsed(), 3 * hour);
        assert!(receiver.recv_timeout(hour).is_err());
        assert_eq!(start.elapsed(), 4 * hour);
    };
    assert!(all_end(vec![Box::new(waits)]));
    drop(sender);
}

#[test]
fn what_is_brought_about_comes_before_the_time_is_over() {
    let hour = Duration::from_secs(3600);
    let (sender, receiver) = mpsc::channel();
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let opens = Arc::clone(&pair);
    let (to_parked, parked) = std::sync::mpsc::channel::<thread::Thread>();
    let waits = move || {
        to_parked.send(thread::current()).unwrap();
        let start = Instant::now();
        assert_eq!(receiver.recv_timeout(hour), Ok(7));
        let is_closed = |is_open: &mut bool| !*is_open;
        let waited = pair
            .1
            .wait_timeout_while(pair.0.lock().unwrap(), hour, is_closed);
        assert!(!waited.unwrap().1.timed_out());
        thread::park_timeout(hour);
        assert_eq!(start.elapsed(), Duration::ZERO);
    };
    let brings = move || {
        sender.send(7).unwrap();
        *opens.0.lock().unwrap() = true;
        opens.1.notify_one();
        parked.recv().unwrap().unpark();
    };
    assert!(all_end(vec![Box::new(waits), Box::new(brings)]));
}

#[test]
fn without_a_schedule_all_is_as_ever() {
    let (sender, receiver) = mpsc::channel();
    let pair = Arc::new((Mutex::new(0), Condvar::new()));
    let shared = Arc::clone(&pair);
    let worker = thread::spawn(move || {
        let added: i32 = receiver.iter().sum();
        *shared.0.lock().unwrap() = added;
        shared.1.notify_all();
    });
    (1..=4).for_each(|value| sender.send(value).unwrap());
    drop(sender);
    let sum = pair.1.wait_while(pair.0.lock().unwrap(), |sum| *sum == 0);
    assert_eq!(*sum.unwrap(), 10);
    worker.join().unwrap();
}
