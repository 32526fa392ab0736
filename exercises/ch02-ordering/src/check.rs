//! The checks. Most of them run two or three threads in the interleavings that loom explores, weak memory included; where the
//! number counts, many threads are played in orders that a seed decides.

use std::cell::Cell;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::time::Duration;

use checks::clock;
use checks_loom::{
    Explorer, Player, Shared, Source, Task, Wrong, alive, bytes_in_use, call_this_thread,
    fail_here, fail_promise, idle_rounds, note, pause, run, spawn, steps_taken,
};

use crate::{ModelSlot, Weights};

#[path = "check/history.rs"]
mod history;
#[path = "check/source.rs"]
mod source;

use history::{History, rounds};

#[global_allocator]
static HEAP: checks_loom::Heap = checks_loom::Heap;

fn explore(why: &'static str) -> Explorer {
    Explorer::new(why)
        .source(SOURCE)
        .remark(source::explanation())
}

fn player(why: &'static str) -> Player {
    Player::new(why)
        .source(SOURCE)
        .remark(source::explanation())
}

/// The promise that is broken where no check says it.
#[expect(
    clippy::unnecessary_wraps,
    reason = "of some failures no promise is known"
)]
fn promise_of(wrong: Wrong) -> Option<usize> {
    Some(match wrong {
        Wrong::ReadsUnordered => 3,
        Wrong::WritesUnordered => 4,
        Wrong::NeverEnds => 6,
        Wrong::Frees => 9,
        Wrong::Unseen => 11,
    })
}

const SOURCE: Source = Source {
    path_ends_with: "/lib.rs",
    text: source::TEXT,
};

#[test]
fn the_slot_is_built_from_crate_sync() {
    let why = "the checks see nothing but what goes through `crate::sync`";
    player(why).promise_of(promise_of).play(|| {
        let slot = Shared::new(ModelSlot::new());
        let first = weights(1);
        for (call, steps) in [
            ("publish", steps_of(|| slot.publish(first))),
            (
                "with_weights",
                steps_of(|| assert!(slot.with_weights(|_| ()).is_some())),
            ),
            ("served", steps_of(|| assert!(slot.served() > 0))),
        ] {
            if steps == 0 {
                fail_promise(11, format!("`{call}` has used nothing of `crate::sync`"));
            }
        }
    });
}

fn steps_of(call: impl FnOnce()) -> usize {
    let before = steps_taken();
    call();
    steps_taken() - before
}

#[test]
fn the_service_runs_what_the_checks_run() {
    if let Some(found) = source::differs_in_the_service(source::TEXT) {
        checks::fail(
            format!("src/lib.rs has `{found}`"),
            "the same code in the checks and in the service: `#[cfg(test)]` before a module of tests, and no other `cfg`",
            "what only the service runs, no check has seen",
        );
    }
}

#[test]
fn a_reader_that_sees_ready_sees_the_weights() {
    let why = "a flag that comes true must bring what it announces";
    explore(why).promise_of(promise_of).explore(|| {
        let slot = Shared::new(ModelSlot::new());
        let reader = spawn("request", &slot, request);
        slot.publish(weights(1));
        reader.join();
    });
}

#[test]
fn before_the_first_publish_there_is_nothing_to_read() {
    let why = "`None` lets the service answer 503, and not with the score of no model";
    // One that waits for weights does not get `None`.
    explore(why).promise_of(|_| Some(1)).explore(|| {
        call_this_thread("request");
        let slot = ModelSlot::new();
        let seen = slot.with_weights(Weights::version);
        if seen.is_some() {
            let got = got(seen);
            fail_promise(1, format!("nothing was published, and a request got {got}"));
        }
        let served = slot.served();
        if served != 0 {
            fail_promise(
                7,
                format!("no request got weights, and served() is {served}"),
            );
        }
    });
}

#[test]
fn after_a_publish_every_request_gets_the_new_weights() {
    let why = "who was told that a version is live must not get an older one, or none";
    explore(why).promise_of(promise_of).explore(|| {
        call_this_thread("request");
        let slot = Shared::new(ModelSlot::new());
        for version in 1..=2 {
            let loader = spawn("loader", &slot, move |slot| slot.publish(weights(version)));
            loader.join();
            let seen = request(&slot);
            if seen != Some(version) {
                let got = got(seen);
                fail_promise(
                    2,
                    format!("publish of version {version} had returned, and a request got {got}"),
                );
            }
        }
    });
}

#[test]
fn a_hot_swap_leaves_the_weights_of_a_running_request_alone() {
    let why = "freed or overwritten under a request, weights give a score of no model";
    explore(why).promise_of(promise_of).explore(|| {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let reader = spawn("request", &slot, request);
        // Twice: a slot that keeps one old version is not enough for a slow request.
        slot.publish(weights(2));
        slot.publish(weights(3));
        reader.join();
    });
}

#[test]
fn a_slow_request_keeps_its_weights_through_many_swaps() {
    /// Rounds of the others: more than a wait that is bounded has.
    const LONG: usize = 2_500_000;
    /// What passes on the clock besides, for a wait that it bounds.
    const LONG_TIME: Duration = Duration::from_secs(10 * 365 * 24 * 3600);
    let why = "a request may take as long as it likes: waits that are bounded, and rings of versions, end before it does";
    // What goes wrong here needs the request to be interrupted once, and for long.
    explore(why)
        .promise_of(promise_of)
        .preemptions(1)
        .explore(|| {
            let slot = Shared::new(ModelSlot::new());
            slot.publish(weights(1));
            let reader = spawn("request", &slot, request);
            for version in 2..=9 {
                slot.publish(weights(version));
            }
            reader.join();
        });
    for (swaps, rounds_of_waiting) in [(1, LONG), (2, LONG / 100), (1_500, LONG / 100)] {
        player(why)
            .promise_of(promise_of)
            .idle_rounds(LONG + 100_000)
            .play(move || {
                // A `publish` that sleeps between its looks takes no time.
                clock::pass(Duration::ZERO);
                let (slot, history) = (Shared::new(ModelSlot::new()), History::default());
                history.publish(&slot, 1);
                let mut tasks = vec![
                    task("request", || {
                        history.request(&slot, |look| {
                            let waits = || history.returned() <= swaps;
                            // Its own, for the others may never be idle while they look.
                            let mut waited = 0;
                            while waits() && waited < rounds_of_waiting {
                                waited += 1;
                                pause();
                            }
                            if waits() {
                                clock::pass(LONG_TIME);
                                (0..100).for_each(|_| pause());
                            }
                            look();
                        });
                    }),
                    task("loader", || {
                        (0..swaps).for_each(|_| history.publish(&slot, 2))
                    }),
                ];
                if rounds_of_waiting < LONG {
                    // It may wait for the loader, which waits for the first one: for as long as that takes.
                    tasks.push(task("second request", || {
                        history.request(&slot, |look| look());
                    }));
                }
                run(tasks);
                history.request(&slot, rounds(0));
                drop(slot);
                let kept = alive();
                if kept > 0 {
                    fail_promise(9, format!("after a slow request the slot was dropped, and {kept} of its versions not freed"));
                }
            });
    }
}

#[test]
fn during_a_hot_swap_a_request_gets_the_old_or_the_new_weights() {
    let why = "a hot swap that turns requests away is an outage, however short";
    explore(why).promise_of(promise_of).explore(|| {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let reader = spawn("request", &slot, |slot| slot.with_weights(Weights::version));
        slot.publish(weights(2));
        old_or_new(reader.join());
    });
}

#[test]
fn a_request_never_gets_an_older_version_than_one_before_it() {
    let why = "who has seen the new model's answer must not get the old one's next";
    explore(why).promise_of(promise_of).explore(|| {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let reader = spawn("request", &slot, |slot| {
            let first = slot.with_weights(Weights::version);
            note(&format!("got {}", got(first)));
            let second = slot.with_weights(Weights::version);
            note(&format!("got {}", got(second)));
            if second < first {
                let (first, second) = (got(first), got(second));
                fail_promise(
                    5,
                    format!("a request got {first}, and the next one {second}"),
                );
            }
        });
        slot.publish(weights(2));
        reader.join();
    });
}

#[test]
fn requests_of_several_threads_read_through_a_hot_swap() {
    let why = "what holds for one request must hold for two that overlap";
    explore(why)
        .promise_of(promise_of)
        .preemptions(2)
        .explore(|| {
            let slot = Shared::new(ModelSlot::new());
            slot.publish(weights(1));
            let readers = ["first request", "second request"]
                .map(|name| spawn(name, &slot, |slot| slot.with_weights(Weights::version)));
            slot.publish(weights(2));
            for reader in readers {
                old_or_new(reader.join());
            }
        });
}

#[test]
fn every_request_is_counted_once() {
    let why = "a metric may be read late, but a lost count never comes back";
    explore(why).preemptions(2).explore(|| {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let readers = ["first request", "second request"]
            .map(|name| spawn(name, &slot, |slot| slot.with_weights(|_| ())));
        for reader in readers {
            reader.join();
        }
        let served = slot.served();
        if served != 2 {
            fail_here(format!("2 requests got weights, and served() is {served}"));
        }
    });
}

#[test]
fn any_number_of_requests_is_taken_and_may_overlap() {
    const OVERLAP: usize = 300;
    const IN_TURN: usize = 70_000;
    let why = "a service does not choose how many requests it gets";
    player(why).play(|| {
        let (slot, history) = (Shared::new(ModelSlot::new()), History::default());
        history.publish(&slot, 1);
        let inside = Cell::new(0);
        let requests = (0..OVERLAP).map(|number| {
            let (slot, history, inside) = (&slot, &history, &inside);
            task(format!("request {}", number + 1), move || {
                history.request(slot, |look| {
                    inside.set(inside.get() + 1);
                    // A slot may let them in one by one, while those outside look again and again.
                    for _ in 0..4 {
                        if inside.get() < OVERLAP {
                            pause();
                        }
                    }
                    if inside.get() == OVERLAP {
                        rounds(number)(look);
                    }
                    look();
                });
            })
        });
        let mut tasks: Vec<Task<'_>> = requests.collect();
        tasks.push(task("loader", || {
            while inside.get() < OVERLAP && idle_rounds() < 2 {
                pause();
            }
            history.publish(&slot, 2);
            history.publish(&slot, 3);
        }));
        run(tasks);
        history.request(&slot, rounds(0));
        history.all_served(&slot);
    });
    player(why).play(|| {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let mut requests = 0;
        while requests < IN_TURN && steps_taken() < STEPS {
            requests += 1;
            if slot.with_weights(|_| ()).is_none() {
                fail_here(format!("request {requests} got None"));
            }
        }
        let served = slot.served();
        if served != requests as u64 {
            fail_here(format!(
                "{requests} requests got weights, and served() is {served}"
            ));
        }
        slot.publish(weights(2));
        let seen = slot.with_weights(Weights::version);
        if seen != Some(2) {
            fail_here(format!(
                "after {requests} requests version 2 was published, and a request gets {}",
                got(seen)
            ));
        }
    });
}

#[test]
fn any_number_of_versions_is_taken_and_each_is_freed_with_the_slot_at_the_latest() {
    const VERSIONS: usize = 70_000;
    let why = "a service swaps models for months: memory that outlives the slot is lost to it";
    player(why).promise_of(promise_of).play(|| {
        // What a program takes once, the first slot takes.
        publish_and_drop(3);
        let before = bytes_in_use();
        let versions = publish_and_drop(VERSIONS);
        let kept = bytes_in_use() - before;
        if kept != 0 {
            fail_promise(9, format!(
                "{versions} versions were published, the slot was dropped, and {kept} bytes that it took were not freed"
            ));
        }
    });
}

/// Publishes so many versions, or fewer if that takes many steps, and reads some of them.
fn publish_and_drop(versions: usize) -> usize {
    let slot = ManuallyDrop::new(ModelSlot::new());
    let mut published = 0;
    while published < versions && steps_taken() < STEPS {
        published += 1;
        // Numbers go up and down, and as high as they can: each publish is a new one.
        let version = if published % 11 == 2 {
            u64::MAX
        } else {
            1 + published as u64 % 7
        };
        slot.publish(Weights::new(version, vec![1.0; published % 3]));
        if published < 300 || published % 64 == 0 {
            let seen = slot.with_weights(Weights::version);
            if seen != Some(version) {
                let found = format!(
                    "version {version} was published as number {published}, and a request got {}",
                    got(seen)
                );
                // What goes wrong with many versions alone may be a limit to their number.
                if published < 16 {
                    fail_promise(2, found);
                }
                fail_here(found);
            }
        }
    }
    drop(ManuallyDrop::into_inner(slot));
    nothing_is_left(published);
    published
}

fn nothing_is_left(versions: usize) {
    let kept = alive();
    if kept != 0 {
        fail_promise(
            9,
            format!(
                "{versions} versions were published, the slot was dropped, and {kept} were not freed"
            ),
        );
    }
}

#[test]
fn slots_share_nothing() {
    let why = "a service serves more than one model";
    player(why).play(|| {
        let [first, second] = [Shared::new(ModelSlot::new()), Shared::new(ModelSlot::new())];
        let is = |slot: &ModelSlot, name: &str, version: Option<u64>, served: u64| {
            let (seen, counted) = (slot.with_weights(Weights::version), slot.served());
            if seen != version || counted != served {
                fail_here(format!(
                    "of two slots the {name} one gave {} and served() {counted}, and not {} and {served}",
                    got(seen),
                    got(version)
                ));
            }
        };
        first.publish(weights(1));
        is(&first, "first", Some(1), 1);
        is(&second, "second", None, 0);
        second.publish(weights(2));
        is(&second, "second", Some(2), 1);
        is(&first, "first", Some(1), 2);
        let ended = Cell::new(false);
        run(vec![
            task("request", || {
                first.with_weights(|_| {
                    for _ in 0..100 {
                        if !ended.get() {
                            pause();
                        }
                    }
                    if !ended.get() {
                        fail_here("a publish to one slot waits for a request of another");
                    }
                });
            }),
            task("loader", || {
                second.publish(weights(3));
                ended.set(true);
            }),
        ]);
        drop(first);
        is(&second, "second", Some(3), 2);
    });
}

/// Scenes from small to large, so that the first that fails is a small one. The seed of each is its number.
#[test]
fn in_any_order_of_calls_each_request_gets_what_is_promised() {
    const SCENES: u64 = 240;
    let why = "requests come when they like, and so do versions";
    // What the weights are decides nothing.
    player(why).promise_of(promise_of).play(|| {
        let slot = Shared::new(ModelSlot::new());
        let numbers = [
            vec![1.0; 64],
            vec![f32::NAN; 64],
            vec![],
            vec![f32::INFINITY],
        ];
        for (version, values) in [3, 0, u64::MAX, 3].into_iter().zip(numbers) {
            slot.publish(Weights::new(version, values));
            let seen = slot.with_weights(Weights::version);
            if seen != Some(version) {
                let got = got(seen);
                fail_promise(
                    2,
                    format!("after the publish of version {version} a request gets {got}"),
                );
            }
        }
    });
    for seed in 0..SCENES {
        let size = 1 + usize::try_from(seed / 40).expect("a small number");
        let interrupted = player(why).promise_of(promise_of).interrupted(
            seed,
            [1, 2, 3, 8][usize::try_from(seed % 4).expect("a small number")],
        );
        interrupted.play(move || scene(seed, size));
    }
}

/// `size` versions, and requests of so many threads, each with as many requests.
fn scene(seed: u64, size: usize) {
    note(&format!("scene {seed}"));
    let (slot, history) = (Shared::new(ModelSlot::new()), History::default());
    let loader = || {
        for publish in 0..=size {
            // Up, down, and the same again.
            history.publish(&slot, [3, 1, 2, 2, 9, 1][(publish + seed as usize) % 6]);
            if (publish + seed as usize).is_multiple_of(3) {
                history.request(&slot, rounds(0));
            }
        }
    };
    let mut tasks = vec![task("loader", loader)];
    for number in 0..size {
        let (slot, history) = (&slot, &history);
        tasks.push(task(format!("request thread {}", number + 1), move || {
            for request in 0..size.min(3) {
                history.request(slot, rounds((number + request + seed as usize) % 4));
                history.served(slot);
            }
        }));
    }
    run(tasks);
    history.request(&slot, rounds(0));
    history.all_served(&slot);
    let published = history.returned();
    drop(slot);
    nothing_is_left(published);
}

fn task<'a>(name: impl Into<String>, work: impl FnOnce() + 'a) -> Task<'a> {
    (name.into(), Box::new(work))
}

/// Steps that a long scene may take: an answer that takes many for each version is tried with fewer versions.
const STEPS: usize = 1_000_000;

#[test]
fn request_threads_may_share_the_slot() {
    if let [false, _] | [_, false] = [Probe::<ModelSlot>::SEND, Probe::<ModelSlot>::SYNC] {
        panic!(
            "the slot is not Send and Sync\n\
             the loader and the request threads hold it in one Arc, and the compiler refuses that\n\
             a raw pointer or an UnsafeCell in it needs an `unsafe impl`, with a reason why it holds"
        );
    }
}

/// Shape `[features]`.
const FEATURES: [f32; 3] = [1.0, 10.0, 100.0];

/// Every value tells its version, so that a mix of two versions shows in the score.
fn weights(version: u64) -> Weights {
    Weights::new(version, FEATURES.map(|_| value(version)).to_vec())
}

fn value(version: u64) -> f32 {
    f32::from(u8::try_from(version).expect("checks publish a few versions"))
}

/// A request that reads more than once, while others may run in between.
fn request(slot: &ModelSlot) -> Option<u64> {
    let seen = slot.with_weights(|weights| {
        let version = weights.version();
        crate::sync::thread::yield_now();
        let still = weights.version();
        if version != still {
            fail_promise(
                4,
                format!(
                    "a request started with version {version} and went on with version {still}"
                ),
            );
        }
        let scored = weights.score(&FEATURES);
        let expected = value(version) * FEATURES.iter().sum::<f32>();
        if (scored - expected).abs() > f32::EPSILON {
            fail_here(format!(
                "a request with version {version} scored {scored}, and not {expected}"
            ));
        }
        version
    });
    note(&format!("got {}", got(seen)));
    seen
}

fn old_or_new(seen: Option<u64>) {
    if !matches!(seen, Some(1 | 2)) {
        let got = got(seen);
        fail_here(format!(
            "during a hot swap from version 1 to version 2 a request got {got}"
        ));
    }
}

/// What a request got, in a sentence.
fn got(seen: Option<u64>) -> String {
    seen.map_or_else(|| "None".to_owned(), |version| format!("version {version}"))
}

/// Tells whether a type is `Send` or `Sync` without keeping the other checks from compiling: the
/// constants of the type itself go before those of the trait.
struct Probe<T>(PhantomData<T>);

#[allow(dead_code, reason = "used where the slot is not Send or not Sync")]
trait Not {
    const SEND: bool = false;
    const SYNC: bool = false;
}

impl<T> Not for Probe<T> {}

impl<T: Send> Probe<T> {
    const SEND: bool = true;
}

impl<T: Sync> Probe<T> {
    const SYNC: bool = true;
}

checks::earned!();
