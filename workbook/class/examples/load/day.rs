//! A day of a room in ten minutes: `cargo run --release -p workbook-class --example load -- day`, or `-- day LEARNERS SECONDS`.
//!
//! Learners join, get verdicts, leave, come back and take other names. Meanwhile the board is killed three times, as by
//! `kill -9`, and once no file of it may grow, as on a full disk. After each of these, and in the evening, every verdict that
//! the board has acknowledged must be in its file.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use common::sending::{ChapterVerdict, Sending};
use runner::Root;
use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use workbook_class::outline::Outline;
use workbook_class::store::Store;

use crate::{agent, kept, send, start_board, states, verdict};

/// What the board has told one learner of one chapter.
#[derive(Default)]
struct Told {
    /// The latest verdict that it has acknowledged.
    acknowledged: Option<ChapterVerdict>,
    /// Those that were sent later: a board that dies before it answers may have them or not.
    unanswered: Vec<ChapterVerdict>,
}

/// By learner and chapter.
type Ledger = Mutex<BTreeMap<(String, String), Told>>;

#[derive(Default)]
struct Counts {
    joined: AtomicUsize,
    left: AtomicUsize,
    renamed: AtomicUsize,
    acknowledged: AtomicUsize,
    put_off: AtomicUsize,
    unanswered: AtomicUsize,
}

fn add(count: &AtomicUsize) {
    count.fetch_add(1, Ordering::Relaxed);
}

struct Day {
    port: u16,
    outline: Outline,
    length: Duration,
    /// Whether it is evening: who leaves now does not come back.
    is_over: AtomicBool,
    ledger: Ledger,
    counts: Counts,
}

pub fn run(learners: u32, seconds: u32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.sqlite");
    Store::open(&file).unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let mut board = start(&file, port);

    let length = Duration::from_secs(seconds.into());
    let day = Arc::new(Day {
        port,
        outline: Outline::of(&Root::find().unwrap()).unwrap(),
        length,
        is_over: AtomicBool::new(false),
        ledger: Ledger::default(),
        counts: Counts::default(),
    });
    let start_of_day = Instant::now();
    let room: Vec<_> = (0..learners)
        .map(|learner| {
            let day = Arc::clone(&day);
            let stack = thread::Builder::new().stack_size(512 << 10);
            stack.spawn(move || live(&day, learner)).unwrap()
        })
        .collect();
    let wait_until = |share: f64| {
        let then = start_of_day + length.mul_f64(share);
        thread::sleep(then.saturating_duration_since(Instant::now()));
    };

    println!("{learners} learners, a day of {seconds} s");
    let mut lost = 0;
    for (hour, share) in [0.25, 0.45, 0.85].into_iter().enumerate() {
        wait_until(share);
        board.kill().unwrap();
        board.wait().unwrap();
        lost += look(&format!("kill {}", hour + 1), &file, &day.ledger);
        board = start(&file, port);
        if hour == 1 {
            wait_until(0.6);
            let refused = day.counts.unanswered.load(Ordering::Relaxed);
            may_grow(&board, false);
            wait_until(0.7);
            lost += look("full disk", &file, &day.ledger);
            may_grow(&board, true);
            let refused = day.counts.unanswered.load(Ordering::Relaxed) - refused;
            println!("  meanwhile the board refused {refused} times");
        }
    }
    wait_until(1.0);
    day.is_over.store(true, Ordering::Relaxed);
    room.into_iter().for_each(|learner| learner.join().unwrap());
    board.kill().unwrap();
    board.wait().unwrap();
    lost += look("evening", &file, &day.ledger);
    let unanswered = |told: &Told| !told.unanswered.is_empty();
    assert!(!day.ledger.lock().unwrap().values().any(unanswered));

    let Counts {
        joined,
        left,
        renamed,
        acknowledged,
        put_off,
        unanswered,
    } = &day.counts;
    println!(
        "{joined:?} joined, {left:?} times one left, {renamed:?} times one took another name; \
         joins put off {put_off:?} times"
    );
    println!(
        "{acknowledged:?} sendings acknowledged, {unanswered:?} tried again; {lost} verdicts lost"
    );
    assert_eq!(lost, 0, "a verdict was lost");
}

/// The board as a process of its own, which can be killed. A file that may not grow ends no process of ours: it is told.
fn start(file: &Path, port: u16) -> Child {
    let board = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .arg("board")
        .args([file.as_os_str(), port.to_string().as_ref()])
        .spawn()
        .unwrap();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        thread::sleep(Duration::from_millis(10));
    }
    board
}

/// What that process does.
pub fn be_the_board(file: &Path, port: u16) -> ! {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    start_board(&runtime, file, port);
    loop {
        thread::park();
    }
}

fn may_grow(board: &Child, may: bool) {
    let maximum = getrlimit(Resource::Fsize).maximum;
    let current = if may { maximum } else { Some(0) };
    let limit = Rlimit { current, maximum };
    prlimit(Some(Pid::from_child(board)), Resource::Fsize, limit).unwrap();
}

/// Compares the file with what was acknowledged. Returns how many verdicts it lacks.
fn look(when: &str, file: &Path, ledger: &Ledger) -> usize {
    let store = rusqlite::Connection::open(file).unwrap();
    let ledger = ledger.lock().unwrap();
    let (mut acknowledged, mut lost) = (0, 0);
    for ((name, chapter), told) in ledger.iter() {
        let Some(latest) = &told.acknowledged else {
            continue;
        };
        acknowledged += 1;
        let kept = kept(&store, name, chapter);
        let mut possible = told.unanswered.iter().chain([latest]);
        lost += usize::from(!possible.any(|verdict| states(verdict) == kept));
    }
    println!("{when}: of {acknowledged} acknowledged verdicts {lost} lost");
    lost
}

/// A learner's day.
fn live(day: &Day, number: u32) {
    let agent = agent();
    let mut chance = fastrand::Rng::with_seed(number.into());
    let mut sending = Sending {
        name: format!("Learner {number}"),
        key: format!("{number:032x}"),
        chapters: BTreeMap::new(),
    };
    let pause = |chance: &mut fastrand::Rng, share: f64| {
        thread::sleep(day.length.mul_f64(share * chance.f64()));
    };
    pause(&mut chance, 0.15);
    deliver(day, &agent, &sending);
    add(&day.counts.joined);
    for turn in 0_u32.. {
        pause(&mut chance, 0.02);
        if day.is_over.load(Ordering::Relaxed) {
            return;
        }
        match chance.u32(0..100) {
            // What was acknowledged under the old name stays as it is.
            0 => {
                sending.name = format!("Learner {number}, {turn}");
                add(&day.counts.renamed);
            }
            1..=3 => {
                add(&day.counts.left);
                pause(&mut chance, 0.2);
            }
            _ => {
                let chapters = &day.outline.0;
                let chapter = &chapters[chance.usize(0..chapters.len())];
                let verdict = verdict(chapter, number.wrapping_mul(1000) + turn);
                sending.chapters.insert(chapter.name.clone(), verdict);
            }
        }
        deliver(day, &agent, &sending);
    }
}

/// Sends as the workbook does: again after 1 s, 2 s, 4 s …, then every 30 s, until it is acknowledged.
fn deliver(day: &Day, agent: &ureq::Agent, sending: &Sending) {
    let each = |note: fn(&mut Told, ChapterVerdict)| {
        let mut ledger = day.ledger.lock().unwrap();
        for (chapter, verdict) in &sending.chapters {
            let place = (sending.name.clone(), chapter.clone());
            note(ledger.entry(place).or_default(), verdict.clone());
        }
    };
    let mut wait = Duration::from_secs(1);
    loop {
        each(|told, verdict| told.unanswered.push(verdict));
        let sent = send(agent, day.port, sending);
        match sent.and_then(|mut response| response.body_mut().read_to_string()) {
            Ok(_) => {
                each(|told, verdict| {
                    told.unanswered.clear();
                    told.acknowledged = Some(verdict);
                });
                return add(&day.counts.acknowledged);
            }
            Err(ureq::Error::StatusCode(429)) => add(&day.counts.put_off),
            Err(ureq::Error::StatusCode(status)) if status != 503 => {
                panic!("{}: {status}", sending.name)
            }
            Err(_) => add(&day.counts.unanswered),
        }
        thread::sleep(wait);
        wait = (wait * 2).min(Duration::from_secs(30));
    }
}
