//! The checks. Each runs its threads in the interleavings that loom explores, weak memory included.

use std::marker::PhantomData;

use crate::sync::trace::alive;
use crate::{ModelSlot, Weights};

#[path = "check/diagnosis.rs"]
mod diagnosis;
#[path = "check/explore.rs"]
mod explore;
#[path = "check/source.rs"]
mod source;

use explore::{
    Shared, call_this_thread, explore, explore_one_interruption, explore_three_threads, fail_here,
    gets, spawn,
};

#[test]
fn the_slot_is_built_from_crate_sync() {
    let code = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs"));
    if let Some((line, way)) = source::way_round(code) {
        panic!(
            "src/lib.rs:{line} uses `{way}`, which loom does not see\n\
             the checks know of the order between threads only what goes through `crate::sync`\n\
             it has `Arc`, `Mutex`, `OnceLock`, `RwLock`, `UnsafeCell`, and `atomic`, `hint`, `thread` \
             as in std"
        );
    }
}

#[test]
fn a_reader_that_sees_ready_sees_the_weights() {
    let why = "a flag that comes true must bring what it announces";
    explore(why, || {
        let slot = Shared::new(ModelSlot::new());
        let reader = spawn("request", &slot, request);
        slot.publish(weights(1));
        reader.join();
    });
}

#[test]
fn before_the_first_publish_there_is_nothing_to_read() {
    let why = "`None` lets the service answer 503, and not with the score of no model";
    explore(why, || {
        call_this_thread("request");
        let slot = ModelSlot::new();
        let seen = slot.with_weights(Weights::version);
        if seen.is_some() {
            let got = got(seen);
            fail_here(format!("nothing was published, and a request got {got}"));
        }
        let served = slot.served();
        if served != 0 {
            fail_here(format!("no request got weights, and served() is {served}"));
        }
    });
}

#[test]
fn after_a_publish_every_request_gets_the_new_weights() {
    let why = "who was told that a version is live must not get an older one, or none";
    explore(why, || {
        call_this_thread("request");
        let slot = Shared::new(ModelSlot::new());
        for version in 1..=2 {
            let loader = spawn("loader", &slot, move |slot| slot.publish(weights(version)));
            loader.join();
            let seen = request(&slot);
            if seen != Some(version) {
                let got = got(seen);
                fail_here(format!(
                    "publish of version {version} had returned, and a request got {got}"
                ));
            }
        }
    });
}

#[test]
fn a_hot_swap_leaves_the_weights_of_a_running_request_alone() {
    let why = "freed or overwritten under a request, weights give a score of no model";
    explore(why, || {
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
    let why = "a ring of versions, however long, comes round while a slow request still reads";
    // What goes wrong here needs the request to be interrupted once, and for long.
    explore_one_interruption(why, || {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let reader = spawn("request", &slot, request);
        for version in 2..=9 {
            slot.publish(weights(version));
        }
        reader.join();
    });
}

#[test]
fn during_a_hot_swap_a_request_gets_the_old_or_the_new_weights() {
    let why = "a hot swap that turns requests away is an outage, however short";
    explore(why, || {
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
    explore(why, || {
        let slot = Shared::new(ModelSlot::new());
        slot.publish(weights(1));
        let reader = spawn("request", &slot, |slot| {
            let first = slot.with_weights(Weights::version);
            gets(first);
            let second = slot.with_weights(Weights::version);
            gets(second);
            if second < first {
                let (first, second) = (got(first), got(second));
                fail_here(format!("a request got {first}, and the next one {second}"));
            }
        });
        slot.publish(weights(2));
        reader.join();
    });
}

#[test]
fn requests_of_several_threads_read_through_a_hot_swap() {
    let why = "what holds for one request must hold for two that overlap";
    explore_three_threads(why, || {
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
    explore_three_threads(why, || {
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
fn any_number_of_versions_is_taken_and_each_is_freed_with_the_slot_at_the_latest() {
    const VERSIONS: u64 = 40;
    let why = "a service swaps models for months: weights that outlive the slot are lost to it";
    explore(why, || {
        let slot = ModelSlot::new();
        for version in 1..=VERSIONS {
            slot.publish(weights(version));
            let seen = slot.with_weights(Weights::version);
            if seen != Some(version) {
                let got = got(seen);
                fail_here(format!(
                    "version {version} was published, and a request got {got}"
                ));
            }
        }
        drop(slot);
        let kept = alive();
        if kept != 0 {
            fail_here(format!(
                "{VERSIONS} versions were published, the slot was dropped, and {kept} were not freed"
            ));
        }
    });
}

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
        loom::thread::yield_now();
        let still = weights.version();
        if version != still {
            fail_here(format!(
                "a request started with version {version} and went on with version {still}"
            ));
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
    gets(seen);
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
