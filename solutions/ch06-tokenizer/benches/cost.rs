//! What it costs to share one tokenizer, to lock it, to clone it for each thread, and to clone it for each
//! request: two threads and a vocabulary of 30,000 words. Then what clones leave behind: a BPE tokenizer, one
//! thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};
use tokenizers::Tokenizer;
use tokenizers::utils::parallelism::set_parallelism;

const THREADS: usize = 2;
const WORDS: u32 = 30_000;
const ROUNDS: usize = 5;
/// So many of a thread that others wait for a lock: the first few of each find it free.
const REQUESTS: usize = 10_000;

fn main() {
    let asked = std::env::var("COST_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let rounds = asked.unwrap_or(ROUNDS);
    // The threads are ours.
    set_parallelism(false);
    throughput(rounds);
    println!();
    left_behind();
}

fn throughput(rounds: usize) {
    let tokenizer = word_pieces();
    let text = text(0);
    let shared = || {
        encode(&tokenizer, &text);
    };
    let locked = Mutex::new(tokenizer.clone());
    let lock = || {
        let tokenizer = locked.lock().expect("nobody panics with the lock");
        encode(&tokenizer, &text);
    };
    let clone = || {
        encode(&tokenizer.clone(), &text);
    };
    let own: [Tokenizer; THREADS] = std::array::from_fn(|_| tokenizer.clone());
    let of_its_own = || encode(&own[0], &text);

    let mut rates = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        rates[0].push(rate(REQUESTS, |_| shared()));
        rates[1].push(rate(REQUESTS, |thread| {
            encode(&own[thread], &text);
        }));
        rates[2].push(rate(REQUESTS, |_| lock()));
        rates[3].push(rate(5, |_| clone()));
    }
    let [shared_rate, own_rate, locked_rate, clone_rate] = rates.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    });

    println!("two threads, {WORDS} words     requests in a second  allocations for one");
    for (name, rate, count) in [
        ("shared, never changed", shared_rate, allocations(shared)),
        ("a clone for each thread", own_rate, allocations(of_its_own)),
        ("a Mutex around it", locked_rate, allocations(lock)),
        ("a clone for each request", clone_rate, allocations(clone)),
    ] {
        println!("{name:28}  {:20.3}  {count:19}", rate / shared_rate);
    }
}

/// Requests per second of all threads together, which start at the same moment.
fn rate(requests: usize, request: impl Fn(usize) + Sync) -> f64 {
    let (request, all_are_there) = (&request, &Barrier::new(THREADS));
    let seconds = thread::scope(|scope| {
        let threads: [_; THREADS] = std::array::from_fn(|thread| {
            scope.spawn(move || {
                all_are_there.wait();
                let start = Instant::now();
                (0..requests).for_each(|_| request(thread));
                start.elapsed().as_secs_f64()
            })
        });
        let seconds = threads.map(|thread| thread.join().expect("encoding does not panic"));
        seconds.into_iter().fold(0.0, f64::max)
    });
    (requests * THREADS) as f64 / seconds
}

fn left_behind() {
    let counts = [1, 10, 50];
    println!("one thread, KiB left behind   after 1 request    after 10    after 50");
    for (name, clones) in [
        ("shared, never changed", false),
        ("a clone for each request", true),
    ] {
        // A thread of its own: what is left belongs to it and goes with it.
        let left = thread::spawn(move || left_after(counts, clones)).join();
        let [one, ten, fifty] = left.expect("encoding does not panic");
        // What the page says of it, on every machine.
        let (is_kept, is_nothing) = (one < ten && ten < fifty, fifty == 0);
        assert!(if clones { is_kept } else { is_nothing });
        println!("{name:28}  {one:15}  {ten:10}  {fifty:10}");
    }
}

fn left_after(counts: [usize; 3], clones: bool) -> [usize; 3] {
    let tokenizer = byte_pairs();
    // Whatever a thread's first request leaves for the next ones is not counted.
    (0..200).for_each(|line| encode(&tokenizer, &text(line)));
    let before = LIVE.load(Relaxed);
    let mut done = 0;
    counts.map(|count| {
        while done < count {
            if clones {
                let own = tokenizer.clone();
                (0..200).for_each(|line| encode(&own, &text(line)));
            } else {
                (0..200).for_each(|line| encode(&tokenizer, &text(line)));
            }
            done += 1;
        }
        (LIVE.load(Relaxed) - before) / 1024
    })
}

fn encode(tokenizer: &Tokenizer, text: &str) {
    let encoding = tokenizer.encode(text, true);
    assert!(!encoding.expect("a right text is encoded").is_empty());
}

/// Eight words of the vocabulary.
fn text(line: u32) -> String {
    let words = (0..8).map(|word| format!("w{}", (line * 8 + word) * 7 % WORDS));
    words.collect::<Vec<String>>().join(" ")
}

fn word_pieces() -> Tokenizer {
    let words = (0..WORDS).map(|word| format!("w{word}"));
    split_at_blanks(json!({
        "type": "WordPiece",
        "vocab": numbered(words.chain(["[UNK]".to_owned()])),
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
    }))
}

fn byte_pairs() -> Tokenizer {
    split_at_blanks(json!({
        "type": "BPE",
        "vocab": numbered("w0123456789".chars().map(String::from)),
        "merges": [],
    }))
}

fn numbered(words: impl Iterator<Item = String>) -> Value {
    words
        .zip(0_u32..)
        .map(|(word, id)| (word, Value::from(id)))
        .collect()
}

fn split_at_blanks(model: Value) -> Tokenizer {
    let file = json!({
        "version": "1.0",
        "added_tokens": [],
        "pre_tokenizer": { "type": "WhitespaceSplit" },
        "model": model,
    });
    file.to_string()
        .parse()
        .expect("the file is as tokenizers writes it")
}

fn allocations(work: impl Fn()) -> usize {
    let before = COUNT.load(Relaxed);
    work();
    COUNT.load(Relaxed) - before
}

static COUNT: AtomicUsize = AtomicUsize::new(0);
/// Bytes that are allocated and not freed.
static LIVE: AtomicUsize = AtomicUsize::new(0);

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: the system's allocator does all that is asked; the counts change none of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Relaxed);
        LIVE.fetch_add(layout.size(), Relaxed);
        // SAFETY: the caller keeps the promises that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}
