//! What an ordering costs a request, beside what one ships, and whether this machine shows the pitfall.

use std::hint::black_box;
use std::sync::atomic::Ordering::{Acquire, Relaxed};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64};
use std::sync::{Arc, Barrier, OnceLock, RwLock};
use std::thread;
use std::time::Instant;

use arc_swap::ArcSwap;
use ch02_ordering_solution::{ModelSlot, Weights};

/// Of one request: enough that a read is not all that is measured.
const FEATURES: usize = 16;
const ROUNDS: usize = 51;
const READS: u32 = 400_000;
/// So many threads read at once.
const THREADS: [usize; 2] = [1, 2];
/// Without a wrong read among so many, the stress test gives up.
const STRESS_READS: u32 = 50_000_000;

/// How much to measure: COST_ROUNDS=1 does the least.
struct Effort {
    rounds: usize,
    reads: u32,
}

fn main() {
    let short = std::env::var("COST_ROUNDS").is_ok_and(|rounds| rounds == "1");
    let effort = if short {
        Effort {
            rounds: 1,
            reads: 1_000,
        }
    } else {
        Effort {
            rounds: ROUNDS,
            reads: READS,
        }
    };
    reads(&effort);
    println!();
    stress();
}

fn reads(effort: &Effort) {
    let weights = || Weights::new(1, vec![1.0; FEATURES]);
    let features = black_box(vec![1.0; FEATURES]);
    let score = |weights: &Weights| weights.score(&features);
    let version = &mut weights();
    let pointer = AtomicPtr::new(version);
    let slot = ModelSlot::new();
    slot.publish(weights());
    let once = OnceLock::from(weights());
    let shared = Arc::new(weights());
    let swap = ArcSwap::from_pointee(weights());
    let lock = RwLock::new(Some(Arc::new(weights())));

    let ways = [
        way("load Relaxed (the pitfall)", || {
            // SAFETY: `version` outlives every read, and nobody writes.
            unsafe { pointer.load(Relaxed).as_ref() }.map(score)
        }),
        way("load Acquire (the fix)", || {
            // SAFETY: as above.
            unsafe { pointer.load(Acquire).as_ref() }.map(score)
        }),
        way("the fix and its counter", || slot.with_weights(score)),
        way("OnceLock::get", || once.get().map(score)),
        way("Arc::clone", || Some(score(&Arc::clone(&shared)))),
        way("ArcSwap::load", || Some(score(&swap.load()))),
        way("RwLock::read", || {
            let weights = lock.read().expect("no writer panics");
            weights.as_deref().map(score)
        }),
    ];
    // Every round measures all of them, so that a busy moment hits them alike.
    let mut times = vec![[const { Vec::new() }; THREADS.len()]; ways.len()];
    for _ in 0..effort.rounds {
        for (times, way) in times.iter_mut().zip(&ways) {
            for (times, threads) in times.iter_mut().zip(THREADS) {
                times.push((way.measure)(threads, effort.reads));
            }
        }
    }
    let unit = median(&mut times[0][0].clone());
    println!("one score of 16 features             1 thread          2 threads");
    for (way, times) in ways.iter().zip(&mut times) {
        let [one, two] = times.each_mut().map(|times| spread(times, unit));
        println!("{:<28} {one:>16}  {two:>17}", way.name);
    }
}

/// The median against `unit`, and the range of the middle half.
fn spread(times: &mut [f64], unit: f64) -> String {
    let median = median(times) / unit;
    let [low, high] = [times.len() / 4, times.len() * 3 / 4].map(|at| times[at] / unit);
    format!("{median:.1} ({low:.1} to {high:.1})")
}

/// A way to get at the weights, and how long one call takes on average of so many, in nanoseconds, while so many threads
/// do the same.
struct Way<'a> {
    name: &'static str,
    measure: Box<dyn Fn(usize, u32) -> f64 + 'a>,
}

fn way<'a>(name: &'static str, read: impl Fn() -> Option<f32> + Sync + 'a) -> Way<'a> {
    let measure = move |threads: usize, count: u32| {
        let read_all = || {
            for _ in 0..count {
                black_box(read());
            }
        };
        let all_run = Barrier::new(threads);
        let measured = || {
            // Not timed: it wakes the core.
            read_all();
            all_run.wait();
            let start = Instant::now();
            read_all();
            start.elapsed().as_secs_f64() * 1e9 / f64::from(count)
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(measured)).collect();
            let own = measured();
            let others = others
                .into_iter()
                .map(|other| other.join().expect("no read panics"));
            others.fold(own, f64::max)
        })
    };
    Way {
        name,
        measure: Box::new(measure),
    }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Both bugs in a plain run, with atomic words in the place of weights: here a race is only a wrong answer.
fn stress() {
    println!("plain runs, everything Relaxed     reads  of them wrong");
    let (flag, words) = (AtomicU64::new(0), [AtomicU64::new(0), AtomicU64::new(0)]);
    let first = first_wrong(
        |version| {
            words[0].store(version, Relaxed);
            flag.store(version, Relaxed);
        },
        || {
            let announced = flag.load(Relaxed);
            (announced > 0).then(|| words[0].load(Relaxed) < announced)
        },
    );
    tell("data, then flag", first);

    let ready = AtomicBool::new(false);
    let first = first_wrong(
        |version| {
            ready.store(false, Relaxed);
            words.iter().for_each(|word| word.store(version, Relaxed));
            ready.store(true, Relaxed);
        },
        || {
            let ready = ready.load(Relaxed);
            ready.then(|| words[0].load(Relaxed) != words[1].load(Relaxed))
        },
    );
    tell("a swap in place", first);
}

fn tell(way: &str, first_wrong: Option<u32>) {
    let reads = first_wrong.unwrap_or(STRESS_READS);
    let wrong = u32::from(first_wrong.is_some());
    println!("{way:<29} {reads:>10}  {wrong:>13}");
}

/// The number of the first read that is wrong while another thread publishes one version after the other. A read that finds
/// nothing does not count.
fn first_wrong(publish: impl Fn(u64) + Sync, read: impl Fn() -> Option<bool>) -> Option<u32> {
    let end = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut version = 0;
            while !end.load(Relaxed) {
                version += 1;
                publish(version);
            }
        });
        let first_wrong = (1..=STRESS_READS).find(|_| {
            loop {
                if let Some(is_wrong) = read() {
                    break is_wrong;
                }
            }
        });
        end.store(true, Relaxed);
        first_wrong
    })
}
